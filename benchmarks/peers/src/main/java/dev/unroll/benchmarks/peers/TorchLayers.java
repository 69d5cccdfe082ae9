package dev.unroll.benchmarks.peers;

import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.RNNImpl;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.T_TensorT_TensorTensor_T_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Layers and single operations in PyTorch. */
final class TorchLayers {
  private static final int STEPS = 100;

  private TorchLayers() {}

  static Runnable pass(String kind) {
    LSTMImpl lstm = new LSTMImpl(1024, 1024);
    GRUImpl gru = new GRUImpl(1024, 1024);
    RNNImpl rnn = new RNNImpl(1024, 1024);
    TensorVector parameters =
        switch (kind) {
          case "lstm" -> lstm.parameters();
          case "gru" -> gru.parameters();
          default -> rnn.parameters();
        };
    Tensor x = torch.randn(50, 64, 1024).requires_grad_(true);
    Tensor seed = torch.randn(50, 64, 1024);
    parameters.push_back(x);
    SGD grads = new SGD(parameters, new SGDOptions(0));
    return () -> {
      grads.zero_grad();
      Tensor y =
          switch (kind) {
            case "lstm" -> lstm.forward(x).get0();
            case "gru" -> gru.forward(x).get0();
            default -> rnn.forward(x).get0();
          };
      y.mul(seed).sum().backward();
    };
  }

  static Runnable inference(int size) {
    LSTMImpl lstm = new LSTMImpl(size, size);
    lstm.eval();
    Tensor x = torch.randn(STEPS, 1, size);
    return () -> {
      try (InferenceMode _ = new InferenceMode()) {
        lstm.forward(x).get0().get(STEPS - 1).get(0).get(0).item_float();
      }
    };
  }

  static Runnable stream(int size) {
    LSTMImpl lstm = new LSTMImpl(size, size);
    lstm.eval();
    Tensor x = torch.randn(1, 1, size);
    Tensor h = torch.zeros(1, 1, size);
    Tensor c = torch.zeros(1, 1, size);
    return () -> {
      try (NoGradGuard _ = new NoGradGuard()) {
        T_TensorT_TensorTensor_T_T y = lstm.forward(x, new T_TensorTensor_T(h, c));
        h.copy_(y.get1().get0());
        c.copy_(y.get1().get1());
      }
    };
  }

  static Runnable product(int m, int k, int n) {
    Tensor a = torch.randn(m, k);
    Tensor b = torch.randn(k, n);
    Tensor c = torch.zeros(m, n);
    return () -> {
      try (NoGradGuard _ = new NoGradGuard()) {
        torch.mm_out(c, a, b);
      }
    };
  }

  static Runnable softmax() {
    Tensor x = torch.randn(64, 10_000);
    return () -> {
      try (InferenceMode _ = new InferenceMode()) {
        x.softmax(1);
      }
    };
  }
}
