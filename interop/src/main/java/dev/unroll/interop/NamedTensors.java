package dev.unroll.interop;

import dev.unroll.tensor.Tensor;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a file. Some may be of an unsupported type: only getting such a tensor throws an
 * exception, which names the type.
 */
final class NamedTensors extends AbstractMap<String, Tensor> {
  private final Map<String, Value> values = new LinkedHashMap<>();

  /** A tensor, or the reason why it cannot be read. */
  private sealed interface Value {
    Tensor get();
  }

  private record Present(Tensor tensor) implements Value {
    @Override
    public Tensor get() {
      return tensor;
    }
  }

  private record Refused(FormatException why) implements Value {
    @Override
    public Tensor get() {
      throw new UncheckedIOException(why.getMessage(), why);
    }
  }

  void add(String name, Tensor tensor) {
    values.put(name, new Present(tensor));
  }

  void refuse(String name, FormatException why) {
    values.put(name, new Refused(why));
  }

  @Override
  public @Nullable Tensor get(Object name) {
    Value value = values.get(name);
    return value == null ? null : value.get();
  }

  @Override
  public boolean containsKey(Object name) {
    return values.containsKey(name);
  }

  @Override
  public Set<Map.Entry<String, Tensor>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return values.size();
      }

      @Override
      public Iterator<Map.Entry<String, Tensor>> iterator() {
        return values.entrySet().stream()
            .<Map.Entry<String, Tensor>>map(e -> new One(e.getKey(), e.getValue()))
            .iterator();
      }
    };
  }

  private record One(String name, Value value) implements Map.Entry<String, Tensor> {
    @Override
    public String getKey() {
      return name;
    }

    @Override
    public Tensor getValue() {
      return value.get();
    }

    @Override
    public Tensor setValue(Tensor t) {
      throw new UnsupportedOperationException("the tensors of a file are unmodifiable");
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Map.Entry<?, ?> e
          && name.equals(e.getKey())
          && getValue().equals(e.getValue());
    }

    @Override
    public int hashCode() {
      return name.hashCode() ^ Objects.hashCode(getValue());
    }
  }
}
