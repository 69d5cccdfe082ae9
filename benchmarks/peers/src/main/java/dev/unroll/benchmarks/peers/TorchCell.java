package dev.unroll.benchmarks.peers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** An LSTM of single operations with concatenated gates: two products per step instead of eight. */
final class TorchCell {
  private final int hidden;
  private final Tensor w;
  private final Tensor u;
  private final Tensor b;

  TorchCell(int in, int hidden) {
    this.hidden = hidden;
    w = parameter(in, 4L * hidden);
    u = parameter(hidden, 4L * hidden);
    b = torch.zeros(4L * hidden).requires_grad_(true);
  }

  private static Tensor parameter(long rows, long columns) {
    Tensor small = torch.randn(rows, columns).mul(new org.bytedeco.pytorch.Scalar(0.1f));
    return small.detach().requires_grad_(true);
  }

  TensorVector parameters() {
    return new TensorVector(w, u, b);
  }

  /** Unrolls over {@code [T, B, I]}; returns {@code [T, B, H]}. */
  Tensor unroll(Tensor x, int batch) {
    Tensor h = torch.zeros(batch, hidden);
    Tensor c = torch.zeros(batch, hidden);
    TensorVector in = x.unbind(0);
    TensorVector out = new TensorVector();
    for (long t = 0; t < in.size(); t++) {
      TensorVector z = b.addmm(in.get(t), w).addmm(h, u).chunk(4, 1);
      Tensor forget = z.get(1).sigmoid();
      c = forget.mul(c).add(z.get(0).sigmoid().mul(z.get(2).tanh()));
      h = z.get(3).sigmoid().mul(c.tanh());
      out.push_back(h);
    }
    return torch.stack(out, 0);
  }
}
