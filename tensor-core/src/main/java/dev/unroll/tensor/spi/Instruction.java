package dev.unroll.tensor.spi;

/**
 * One instruction of a pointwise program. Operands are registers: first the inputs of the program,
 * then the result of each instruction in turn.
 *
 * @param a the first operand
 * @param b the second, or -1
 * @param c the third, or -1
 * @param scale of {@link Code#AFFINE}, else 1
 * @param shift of {@link Code#AFFINE}, else 0
 */
public record Instruction(Code code, int a, int b, int c, double scale, double shift) {}
