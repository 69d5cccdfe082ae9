package dev.unroll.layers.recurrent.builtin;

import dev.unroll.layers.recurrent.cells.CoupledLstmCell;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.MinimalGatedCell;
import dev.unroll.layers.recurrent.cells.NormalizedLstmCell;
import dev.unroll.layers.recurrent.cells.OriginalGruCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.layers.recurrent.cells.ProjectedLstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;

/** Registers the built-in cells by name. */
public final class BuiltInCells {
  private BuiltInCells() {}

  /** {@code rnn}. */
  public static final class Rnn extends BuiltIn {
    /** Called by the service loader. */
    public Rnn() {
      super("rnn", RnnCell::of);
    }
  }

  /** {@code irnn}. */
  public static final class Irnn extends BuiltIn {
    /** Called by the service loader. */
    public Irnn() {
      super("irnn", RnnCell::rectified);
    }
  }

  /** {@code lstm}. */
  public static final class Lstm extends BuiltIn {
    /** Called by the service loader. */
    public Lstm() {
      super("lstm", LstmCell::of);
    }
  }

  /** {@code lstm-peephole}. */
  public static final class LstmPeephole extends BuiltIn {
    /** Called by the service loader. */
    public LstmPeephole() {
      super("lstm-peephole", PeepholeLstmCell::of);
    }
  }

  /** {@code lstm-coupled}. */
  public static final class LstmCoupled extends BuiltIn {
    /** Called by the service loader. */
    public LstmCoupled() {
      super("lstm-coupled", CoupledLstmCell::of);
    }
  }

  /** {@code lstm-projected}. */
  public static final class LstmProjected extends BuiltIn {
    /** Called by the service loader. */
    public LstmProjected() {
      super("lstm-projected", (in, out, init) -> ProjectedLstmCell.of(in, 2 * out, out, init));
    }
  }

  /** {@code lstm-normalized}. */
  public static final class LstmNormalized extends BuiltIn {
    /** Called by the service loader. */
    public LstmNormalized() {
      super("lstm-normalized", NormalizedLstmCell::of);
    }
  }

  /** {@code gru}. */
  public static final class Gru extends BuiltIn {
    /** Called by the service loader. */
    public Gru() {
      super("gru", GruCell::of);
    }
  }

  /** {@code gru-original}. */
  public static final class GruOriginal extends BuiltIn {
    /** Called by the service loader. */
    public GruOriginal() {
      super("gru-original", OriginalGruCell::of);
    }
  }

  /** {@code mgu}. */
  public static final class Mgu extends BuiltIn {
    /** Called by the service loader. */
    public Mgu() {
      super("mgu", MinimalGatedCell::of);
    }
  }
}
