package dev.unroll.data;

import java.util.List;

/** An order that prints its name. */
record NamedOrder(String name, Order order) implements Order {
  @Override
  public List<int[]> epoch(long epoch) {
    return order.epoch(epoch);
  }

  @Override
  public String toString() {
    return name;
  }
}
