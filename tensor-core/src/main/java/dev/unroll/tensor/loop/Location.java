package dev.unroll.tensor.loop;

/**
 * The location of the first element of an operand.
 *
 * @param buffer the index of the buffer in the workspace
 * @param slot the step
 * @param offset from the start of the slot
 */
record Location(int buffer, TimeSlot slot, int offset) {}
