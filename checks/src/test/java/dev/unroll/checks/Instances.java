package dev.unroll.checks;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.BatchSource;
import dev.unroll.data.Dataset;
import dev.unroll.data.Labels;
import dev.unroll.data.Order;
import dev.unroll.data.Scaling;
import dev.unroll.data.Table;
import dev.unroll.data.TokenStream;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Truncation;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.foreign.ForeignWeights;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.AttentionPooling;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.EncoderDecoder;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.Attention;
import dev.unroll.layers.sequence.attention.AttentionCell;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.models.Forecaster;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Rule;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.tokenize.TextEncoder;
import dev.unroll.training.Metric;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object of any record: its components are examples of their types. */
final class Instances {
  private static final Init INIT = Init.seed(1);

  /** A model, and what its optimizer updates. */
  private static final Linear MODEL = linear();

  private static final Map<Class<?>, Supplier<?>> EXAMPLES = new HashMap<>();

  private static <T> void put(Class<T> type, Supplier<? extends T> example) {
    EXAMPLES.put(type, example);
  }

  static {
    EXAMPLES.put(int.class, () -> 1);
    EXAMPLES.put(long.class, () -> 1L);
    EXAMPLES.put(double.class, () -> 0.5);
    EXAMPLES.put(boolean.class, () -> false);
    EXAMPLES.put(char.class, () -> ',');
    put(Integer.class, () -> 1);
    put(Long.class, () -> 1L);
    put(Double.class, () -> 0.5);
    put(String.class, () -> "a");
    put(Object.class, () -> "item");
    put(Dataset.class, () -> new Dataset(List.of(), List.of("a"), new Labels(List.of())));
    put(Table.class, () -> Table.of(Map.of("a", new double[] {0.5})));
    put(Path.class, () -> Path.of("home"));
    put(Pattern.class, () -> Pattern.compile("a"));
    put(Charset.class, () -> StandardCharsets.UTF_8);
    put(OptionalInt.class, OptionalInt::empty);
    put(Optional.class, Optional::empty);
    put(Tensor.class, () -> Tensor.zeros(DType.FLOAT32, Shape.of(2, 2)));
    put(Variable.class, () -> Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2, 2))));
    put(Parameter.class, () -> INIT.zeros(2, 2));
    put(Gradient.class, () -> new Gradient.Dense(Tensor.zeros(DType.FLOAT32, Shape.of(2, 2))));
    put(Activation.class, Activation::tanh);
    put(Block.class, Instances::linear);
    put(Deterministic.class, Instances::linear);
    put(Cell.class, Instances::cell);
    put(State.class, () -> new Hidden(Cell.zeros(DType.FLOAT32, 2, 2)));
    put(Recurrent.class, () -> Unroll.of(cell()));
    put(Unroll.class, () -> Unroll.of(cell()));
    put(Bidirectional.class, () -> Bidirectional.of(cell(), cell()));
    put(LearnedStart.class, () -> LearnedStart.of(cell(), INIT));
    put(Truncation.class, () -> new Truncation(2, 3));
    put(Pooling.class, Pooling::mean);
    put(AttentionPooling.class, () -> AttentionPooling.of(2, 2, INIT));
    put(AdditiveAttention.class, () -> AdditiveAttention.of(2, 2, 2, INIT));
    put(Bridge.class, () -> Bridge.of(2, cell(), INIT));
    put(Attention.class, DotAttention::new);
    put(AttentionCell.class, Instances::looking);
    put(BahdanauCell.class, Instances::looking);
    put(LuongCell.class, () -> LuongCell.of(GruCell.of(4, 2, INIT), new DotAttention(), 2, INIT));
    put(Decoder.class, () -> Decoder.of(Embedding.of(5, 2, INIT), cell(), linear()));
    put(
        AttentionModel.class,
        () ->
            AttentionModel.of(
                linear(),
                Unroll.of(cell()),
                looking(),
                Embedding.of(5, 2, INIT),
                Linear.of(4, 5, INIT),
                INIT));
    put(
        LanguageModel.class,
        () -> LanguageModel.of(new LanguageModel.Config("gru", 5, 2, 2, 1), INIT));
    put(ForeignWeights.class, () -> ForeignWeights.PYTORCH);
    put(Rule.class, Sgd::new);
    put(Optimizer.class, () -> Optimizer.of(new Sgd(), MODEL.parameters()));
    put(BatchSource.class, () -> new TokenStream(new int[] {1, 0, 1}, 1, 1));
    put(Order.class, () -> Order.sequential(1, 1));
    put(Vocabulary.class, () -> Vocabulary.of(Map.of("a", 1L)));
    put(Layer.class, () -> MODEL);
    put(
        SequenceToSequence.class,
        () ->
            new EncoderDecoder<>(
                new ManyToOne(front(), Unroll.of(cell()), Pooling.last(), MODEL),
                new OneToMany<>(
                    Bridge.of(2, cell(), INIT),
                    Decoder.of(Embedding.of(5, 2, INIT), cell(), Linear.of(2, 5, INIT)))));
    put(ManyToOne.class, () -> new ManyToOne(front(), Unroll.of(cell()), Pooling.last(), MODEL));
    put(ManyToMany.class, () -> new ManyToMany(front(), Unroll.of(cell()), MODEL));
    put(DoubleFunction.class, () -> (DoubleFunction<Rule>) Sgd::new);
    put(Metric.class, Metric::loss);
    put(Appendable.class, StringBuilder::new);
    put(Mode.class, Mode::evaluation);
    put(Loss.class, Loss::mse);
    put(Task.class, () -> Task.of((batch, mode) -> Variable.of(batch.inputs()), Loss.mse()));
    put(Task.Answer.class, () -> (batch, mode) -> Variable.of(batch.inputs()));
    put(Scaling.class, () -> Scaling.standard(Tensor.of(Shape.of(2, 1), 1.0, 2.0)));
    put(Outcome.class, Instances::outcome);
    put(Forecaster.Span.class, () -> Forecaster.Span.of(2, 2));
    put(TextEncoder.class, () -> TextEncoder.learn("words", List.of("a")));
    put(Function.class, () -> x -> x);
    put(LongFunction.class, () -> n -> n);
    put(Tokenizer.class, () -> Tokenizers.named("characters"));
  }

  private Instances() {}

  private static Linear front() {
    return Linear.of(2, 2, INIT.at("front"));
  }

  private static Linear linear() {
    return Linear.of(2, 2, INIT);
  }

  private static GruCell cell() {
    return GruCell.of(2, 2, INIT);
  }

  private static Outcome outcome() {
    Variable output = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2, 2)));
    Tensor targets = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
    return new Outcome(Variable.scalar(DType.FLOAT32, 1), output, targets, 1, List.of());
  }

  private static BahdanauCell<Hidden> looking() {
    return new BahdanauCell<>(GruCell.of(4, 2, INIT), new DotAttention(), 2);
  }

  /** Returns an object of a record, or another type that has an example. */
  static Object of(Class<?> type) {
    if (EXAMPLES.containsKey(type)) {
      return EXAMPLES.get(type).get();
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.getRecordComponents() == null) {
      throw new IllegalArgumentException("no example of " + type);
    }
    return of(type, Map.of());
  }

  /**
   * Returns an object of a record.
   *
   * @param given components by name; the others are examples
   */
  static Object of(Class<?> type, Map<String, @Nullable Object> given) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(c ->
                given.containsKey(c.getName()) ? given.get(c.getName()) : of(c.getGenericType()))
            .toArray();
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new AssertionError(type + " of " + Arrays.toString(values), e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type + " of " + Arrays.toString(values), e);
    }
  }

  private static Object array(Class<?> element) {
    Object all = Array.newInstance(element, 1);
    Array.set(all, 0, of(element));
    return all;
  }

  /** Returns an example of a type. */
  static Object of(Type type) {
    return switch (type) {
      case Class<?> c when c == int[].class -> new int[] {1, 0};
      case Class<?> c when c == double[].class -> new double[] {0.5};
      case Class<?> c when c == float[].class -> new float[] {0.5f};
      case Class<?> c when c == float[][].class -> new float[][] {{1, 0}, {0, 1}};
      case Class<?> c when c.isArray() -> array(c.componentType());
      case GenericArrayType a
          when a.getGenericComponentType() instanceof ParameterizedType p
              && p.getRawType() instanceof Class<?> c ->
          array(c);
      case Class<?> c -> of(c);
      case TypeVariable<?> v -> of(v.getBounds()[0]);
      case WildcardType w -> of(w.getUpperBounds()[0]);
      case ParameterizedType p when p.getRawType() == List.class ->
          List.of(of(p.getActualTypeArguments()[0]));
      case ParameterizedType p when p.getRawType() == Map.class ->
          Map.of(of(p.getActualTypeArguments()[0]), of(p.getActualTypeArguments()[1]));
      case ParameterizedType p -> of(p.getRawType());
      default -> throw new IllegalArgumentException("no example of " + type);
    };
  }
}
