import dev.unroll.data.Labels
import dev.unroll.layers.*
import dev.unroll.layers.recurrent.Unroll
import dev.unroll.layers.recurrent.cells.GruCell
import dev.unroll.layers.sequence.*
import dev.unroll.models.Classifier
import java.nio.file.Files

fun main() {
    val init = Init.seed(1)
    val model = ManyToOne(Activation.identity(), Unroll.of(GruCell.of(1, 8, init.at("cell"))), Pooling.last(),
        Linear.of(8, 2, init.at("head")))
    val file = Files.createTempFile("waves", ".safetensors")
    Classifier.of(model, Labels(listOf("slow", "fast"))).save(file)
    val prediction = Classifier.load(file).predictSeries(0.5f, 1f, -1f)
    println("predicted ${prediction.label()} ${prediction.probabilities()}")
}
