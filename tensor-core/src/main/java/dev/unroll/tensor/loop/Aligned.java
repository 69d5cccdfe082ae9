package dev.unroll.tensor.loop;

/**
 * An operand whose row r is in row r of its buffer. Threads that divide the rows of a loop access
 * only their own rows, provided that all operands they write and read again are aligned.
 */
sealed interface Aligned extends Operand permits RowMajor, Spread {}
