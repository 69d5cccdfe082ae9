package dev.unroll.benchmarks.peers;

import java.util.Random;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Steps of training in PyTorch, time first, its fastest layout. */
final class TorchTraining {
  private TorchTraining() {}

  /** The implementation of the LSTM. */
  enum Kind {
    LAYER,
    OPERATIONS
  }

  static Tensor codes(int limit, long seed, int... dims) {
    int n = 1;
    long[] shape = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      n *= dims[i];
      shape[i] = dims[i];
    }
    long[] values = new Random(seed).ints(n, 0, limit).asLongStream().toArray();
    return Tensor.create(values, shape);
  }

  static Runnable characters(Kind kind) {
    int batch = 32;
    int steps = 64;
    EmbeddingImpl embedding = new EmbeddingImpl(96, 64);
    LSTMImpl lstm = new LSTMImpl(64, 128);
    TorchCell cell = new TorchCell(64, 128);
    LinearImpl head = new LinearImpl(128, 96);
    TensorVector parameters = new TensorVector();
    add(parameters, embedding.parameters());
    add(parameters, kind == Kind.LAYER ? lstm.parameters() : cell.parameters());
    add(parameters, head.parameters());
    Adam adam = new Adam(parameters);
    Tensor x = codes(96, 1, steps, batch);
    Tensor y = codes(96, 2, steps * batch);
    return () -> {
      adam.zero_grad();
      Tensor e = embedding.forward(x);
      Tensor h = kind == Kind.LAYER ? lstm.forward(e).get0() : cell.unroll(e, batch);
      step(head.forward(h.reshape((long) steps * batch, 128)), y, adam);
    };
  }

  static Runnable words(int hidden, int steps, double dropout) {
    int batch = 20;
    EmbeddingImpl embedding = new EmbeddingImpl(10_000, hidden);
    LSTMOptions options = new LSTMOptions(hidden, hidden);
    options.num_layers().put(2);
    options.dropout().put(dropout);
    LSTMImpl lstm = new LSTMImpl(options);
    LinearImpl head = new LinearImpl(hidden, 10_000);
    TensorVector parameters = new TensorVector();
    add(parameters, embedding.parameters());
    add(parameters, lstm.parameters());
    add(parameters, head.parameters());
    SGD sgd = new SGD(parameters, new SGDOptions(1));
    Tensor x = codes(10_000, 1, steps, batch);
    Tensor y = codes(10_000, 2, steps * batch);
    return () -> {
      sgd.zero_grad();
      Tensor e = embedding.forward(x);
      Tensor in = dropout > 0 ? torch.dropout(e, dropout, true) : e;
      Tensor out = lstm.forward(in).get0();
      Tensor h = dropout > 0 ? torch.dropout(out, dropout, true) : out;
      Tensor loss = torch.cross_entropy(head.forward(h.reshape((long) steps * batch, hidden)), y);
      loss.backward();
      torch.clip_grad_norm_(parameters, 5);
      sgd.step();
      loss.item_float();
    };
  }

  /** Measures the update only, with fixed gradients. */
  static Runnable adam() {
    Tensor p = torch.randn(10_000_000).requires_grad_(true);
    p.mul(torch.randn(10_000_000)).sum().backward();
    Adam adam = new Adam(new TensorVector(p));
    return () -> adam.step();
  }

  private static void step(Tensor logits, Tensor y, Optimizer optimizer) {
    Tensor loss = torch.cross_entropy(logits, y);
    loss.backward();
    optimizer.step();
    loss.item_float();
  }

  private static void add(TensorVector to, TensorVector from) {
    for (long i = 0; i < from.size(); i++) {
      to.push_back(from.get(i));
    }
  }
}
