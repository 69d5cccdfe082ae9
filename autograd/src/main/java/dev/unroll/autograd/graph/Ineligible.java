package dev.unroll.autograd.graph;

import java.util.Locale;

/** All reasons why a step cannot be planned and is run eagerly, as clauses about the step. */
public enum Ineligible {
  /** Its operations may depend on values, which differ from step to step. */
  READS_VALUE("it reads the value of %s at %s"),
  /** A variable was kept from the tracing of another step. */
  OTHER_STEP("it uses variables of another step"),
  /** The plan of the outer scan contains the steps of the inner one. */
  NESTED("it is part of the step of another scan, whose plan contains its steps"),
  /** A plan computes gradients without calling hooks. */
  HOOK("it has a gradient hook"),
  /** A gradient with respect to a parameter reaches through the steps before. */
  OUTER_GRADIENT("it computes a gradient with respect to a variable from outside the step"),
  /** A plan computes in one floating-point type. */
  TYPES("it computes with %s, expected one type"),
  /** There is nothing to plan. */
  NO_FLOATS("it computes nothing in float32 or float64"),
  /** An operation has a result that is not floating-point. */
  INTEGER_RESULT("[%s] returns %s"),
  /** An output is not floating-point. */
  INTEGER_OUTPUT("it outputs %s"),
  /** The step returns another number of state variables. */
  STATE_SIZE("it returns a state of %s variables, expected %s"),
  /** A state variable changes its shape or type, or is not floating-point. */
  STATE_CHANGES("its state changes from %s to %s"),
  /** The gradient of an operation depends on a variable that is none of its operands. */
  GRADIENT_VARIABLE("the gradient of an operation reads the variable %s"),
  /** The gradient of an operation cannot be computed on symbolic variables. */
  GRADIENT_FAILS("the gradient of an operation fails: %s"),
  /** Its gradient consists of rows if it is read at the first step only. */
  TABLE_STATE("it gathers rows of a state that is a parameter at first"),
  /** A second trace has other operations or constants. */
  IMPURE("its constants change from step to step"),
  /** A session has no times. */
  TIME("it asks for the time");

  private final String clause;

  Ineligible(String clause) {
    this.clause = clause;
  }

  /** Returns the clause with its details. */
  public String clause(Object... details) {
    return String.format(Locale.ROOT, clause, details);
  }

  /** Returns an exception for this reason. */
  public UntraceableException because(Object... details) {
    return new UntraceableException(clause(details));
  }
}
