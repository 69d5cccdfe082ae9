package dev.unroll.tensor.spi;

/**
 * One instruction of a pointwise program. Operands are registers: first the inputs of the program,
 * then the result of each instruction in turn.
 *
 * @param a the first operand
 * @param b the second, or -1
 * @param c the third, or -1
 * @param scale the factor of {@link Code#AFFINE} and similar operations, else 1
 * @param shift the shift of {@link Code#AFFINE} and similar operations, else 0
 */
public record Instruction(Code code, int a, int b, int c, double scale, double shift) {

  /** Returns the register of b, or of another operand if there is no second one. */
  public int second() {
    return code.operands() > 1 ? b : a;
  }

  /** Returns the register of c, or of another operand if there is no third one. */
  public int third() {
    return code.operands() > 2 ? c : a;
  }
}
