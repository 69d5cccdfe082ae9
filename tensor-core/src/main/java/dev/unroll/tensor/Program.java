package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Pointwise;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sequence of elementwise operations that runs as one pass over memory. Registers hold the
 * inputs, then the result of each instruction. Inputs broadcast as in NumPy.
 *
 * {@snippet class="snippets.TensorTest" region="Program"}
 *
 * @param inputs the number of inputs
 * @param body the instructions
 * @param results the registers that are returned: distinct registers of instructions
 */
public record Program(int inputs, List<Instruction> body, List<Integer> results) {

  /**
   * Checks that every register is written before it is read.
   *
   * @throws IllegalArgumentException if not
   */
  public Program {
    body = List.copyOf(body);
    results = List.copyOf(results);
    for (int i = 0; i < body.size(); i++) {
      Instruction in = body.get(i);
      check(inputs, i, in.a());
      check(inputs, i, in.second());
      check(inputs, i, in.third());
    }
    for (int r : results) {
      if (r < inputs || r >= inputs + body.size() || results.indexOf(r) != results.lastIndexOf(r)) {
        throw new IllegalArgumentException(
            "[program] results must be distinct registers of instructions: " + results);
      }
    }
  }

  private static void check(int inputs, int i, int register) {
    if (register < 0 || register >= inputs + i) {
      throw new IllegalArgumentException(
          "[program] instruction " + i + " reads register " + register + " before it is written");
    }
  }

  /** Returns a builder of a program with {@code n} inputs: registers 0, 1, ... */
  public static Builder inputs(int n) {
    return new Builder(n);
  }

  /** Returns the program that applies one operation to its operands. */
  public static Program of(Code code) {
    Builder b = inputs(code.operands());
    return b.results(b.apply(code, IntStream.range(0, code.operands()).toArray()));
  }

  /**
   * Returns a program with bit-for-bit the same results in fewer instructions: a product that only
   * one sum reads is fused into it.
   */
  public Program fused() {
    int[] readers = new int[inputs + body.size()];
    for (Instruction i : body) {
      readers[i.a()]++;
      readers[i.second()] += i.code().operands() > 1 ? 1 : 0;
      readers[i.third()] += i.code().operands() > 2 ? 1 : 0;
    }
    results.forEach(r -> readers[r]++);
    Builder fused = inputs(inputs);
    int[] now = new int[readers.length];
    for (int r = 0; r < inputs; r++) {
      now[r] = r;
    }
    boolean[] waits = new boolean[readers.length];
    for (int i = 0; i < body.size(); i++) {
      Instruction in = body.get(i);
      int r = inputs + i;
      waits[r] = in.code() == Code.MUL && readers[r] == 1 && isAdded(r);
      if (waits[r]) {
        continue;
      }
      boolean left = in.code() == Code.ADD && waits[in.a()];
      if (left || (in.code() == Code.ADD && waits[in.b()])) {
        Instruction product = body.get((left ? in.a() : in.b()) - inputs);
        int other = left ? in.b() : in.a();
        now[r] =
            fused.apply(
                Code.MUL_ADD, now[product.a()], now[product.b()], term(fused, other, now, waits));
      } else {
        int b = in.code().operands() > 1 ? now[in.b()] : -1;
        int c = in.code().operands() > 2 ? now[in.c()] : -1;
        now[r] = fused.add(new Instruction(in.code(), now[in.a()], b, c, in.scale(), in.shift()));
      }
    }
    return fused.results(results.stream().map(r -> now[r]).toArray(Integer[]::new));
  }

  private boolean isAdded(int r) {
    return body.stream().anyMatch(i -> i.code() == Code.ADD && (i.a() == r || i.b() == r));
  }

  /** If both terms of a sum are products, the second is computed separately. */
  private int term(Builder fused, int r, int[] now, boolean[] waits) {
    if (waits[r]) {
      Instruction product = body.get(r - inputs);
      waits[r] = false;
      now[r] = fused.mul(now[product.a()], now[product.b()]);
    }
    return now[r];
  }

  /**
   * Runs the program.
   *
   * @param name the name in messages
   * @return a new tensor for each result, of the broadcast shape of the inputs
   * @throws IllegalArgumentException if shapes do not broadcast, or types differ or are not
   *     floating-point
   */
  public List<Tensor> run(String name, Tensor... in) {
    return run(name, List.of(), in);
  }

  /**
   * Runs the program, and overwrites slots.
   *
   * @param slots the last inputs, each of the shape of the results, which the last results
   *     overwrite
   * @param in the inputs before those
   * @return a new tensor for each result before those of the slots
   * @throws IllegalArgumentException if shapes do not broadcast, or types differ or are not
   *     floating-point, or a slot has another shape; nothing is overwritten then
   */
  public List<Tensor> run(String name, List<Slot> slots, Tensor... in) {
    Tensor[] given = Arrays.copyOf(in, in.length + slots.size());
    for (int i = 0; i < slots.size(); i++) {
      given[in.length + i] = slots.get(i).value();
    }
    if (given.length != inputs || slots.size() > results.size()) {
      throw new IllegalArgumentException(
          "[" + name + "] expected " + inputs + " inputs, got " + given.length);
    }
    DType type = Tensor.floating(name, given);
    Shape[] shapes = new Shape[given.length];
    for (int i = 0; i < given.length; i++) {
      shapes[i] = given[i].shape();
    }
    Shape shape = Shape.broadcast(name, shapes);
    for (Slot s : slots) {
      if (!s.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "[" + name + "] a slot has shape " + s.shape() + ", the results " + shape);
      }
    }
    return run(ElementTypes.elements(type), name, type, shape, slots, given);
  }

  private <A> List<Tensor> run(
      Elements<A> e, String name, DType type, Shape shape, List<Slot> slots, Tensor... in) {
    List<Pointwise.Operand<A>> operands = new ArrayList<>();
    for (Tensor t : in) {
      Layout layout = t.layout();
      operands.add(
          new Pointwise.Operand<>(
              Tensor.array(e, t), t.shape().equals(shape) ? layout : layout.expand(shape.dims())));
    }
    List<Tensor> fresh = new ArrayList<>();
    for (int i = slots.size(); i < results.size(); i++) {
      fresh.add(Tensor.dense(type, shape, ArrayScope.room(e, name, shape)));
    }
    List<A> outputs = new ArrayList<>();
    fresh.forEach(t -> outputs.add(Tensor.array(e, t)));
    slots.forEach(s -> outputs.add(s.room(e)));
    int[] registers = new int[results.size()];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = results.get(i);
    }
    Pointwise.run(e, shape.dense(), operands, body, registers, outputs);
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).overwritten(outputs.get(fresh.size() + i));
    }
    return fresh;
  }

  /** Builds a program; each method returns the register of its result. */
  public static final class Builder {
    private final int inputs;
    private final List<Instruction> body = new ArrayList<>();

    private Builder(int inputs) {
      this.inputs = inputs;
    }

    /** Adds an instruction. */
    public int add(Instruction i) {
      body.add(i);
      return inputs + body.size() - 1;
    }

    /** Adds an operation on registers, as many as it has operands. */
    public int apply(Code code, int... r) {
      int b = r.length > 1 ? r[1] : -1;
      int c = r.length > 2 ? r[2] : -1;
      return add(new Instruction(code, r[0], b, c, 1, 0));
    }

    /** Adds {@code scale a + shift}. */
    public int affine(int a, double scale, double shift) {
      return add(new Instruction(Code.AFFINE, a, -1, -1, scale, shift));
    }

    /** Adds {@code scale a + other b}, both products rounded before they are added. */
    public int linear(double scale, int a, double other, int b) {
      return add(new Instruction(Code.LINEAR, a, b, -1, scale, other));
    }

    /** Adds {@code scale a + other b b}, every product rounded. */
    public int linearSquare(double scale, int a, double other, int b) {
      return add(new Instruction(Code.LINEAR_SQUARE, a, b, -1, scale, other));
    }

    /** Adds {@code a / (scale sqrt(b) + shift)}. */
    public int divRoot(int a, double scale, int b, double shift) {
      return add(new Instruction(Code.DIV_ROOT, a, b, -1, scale, shift));
    }

    /** Adds {@code a + b}. */
    public int add(int a, int b) {
      return apply(Code.ADD, a, b);
    }

    /** Adds {@code a b}. */
    public int mul(int a, int b) {
      return apply(Code.MUL, a, b);
    }

    /** Returns the program that returns these registers. */
    public Program results(Integer... registers) {
      return new Program(inputs, body, List.of(registers));
    }
  }
}
