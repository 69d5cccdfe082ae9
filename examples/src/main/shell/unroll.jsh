import dev.unroll.autograd.*;
import dev.unroll.autograd.scan.*;
import dev.unroll.data.*;
import dev.unroll.files.*;
import dev.unroll.interop.*;
import dev.unroll.layers.*;
import dev.unroll.layers.conv.*;
import dev.unroll.layers.loss.*;
import dev.unroll.layers.recurrent.*;
import dev.unroll.layers.recurrent.cells.*;
import dev.unroll.layers.recurrent.check.*;
import dev.unroll.layers.recurrent.diagnostics.*;
import dev.unroll.layers.recurrent.foreign.*;
import dev.unroll.layers.recurrent.wrappers.*;
import dev.unroll.layers.sequence.*;
import dev.unroll.layers.sequence.attention.*;
import dev.unroll.layers.sequence.decoding.*;
import dev.unroll.models.*;
import dev.unroll.optim.*;
import dev.unroll.tensor.*;
import dev.unroll.text.*;
import dev.unroll.text.read.*;
import dev.unroll.text.tokenize.*;
import dev.unroll.training.*;

System.out.println("""
    Unroll's modules are imported. A walk, to be typed line by line:

      var x = Variable.of(RandomKey.of(1).normal(DType.FLOAT32, Shape.of(2, 5, 3), 0, 1))
      var cell = LstmCell.of(3, 4, Init.seed(1))
      var unroll = Unroll.of(cell)
      var result = unroll.apply(x, Mode.evaluation())
      result.outputs().shape()
      Gradients.of(result.outputs().sum(), cell.parameters().values()).size()
      System.out.println(unroll.explain())
      CellContract.violations(init -> GruCell.of(3, 4, init))

    Tab completes, twice shows the documentation; /exit leaves. The guide: docs/guide/README.md""");
