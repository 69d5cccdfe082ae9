package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.tokenize.BertWords;
import dev.unroll.text.tokenize.Bpe;
import dev.unroll.text.tokenize.BpeTraining;
import dev.unroll.text.tokenize.ByteLevelBpe;
import dev.unroll.text.tokenize.Characters;
import dev.unroll.text.tokenize.Jamo;
import dev.unroll.text.tokenize.Matches;
import dev.unroll.text.tokenize.Merge;
import dev.unroll.text.tokenize.Ngrams;
import dev.unroll.text.tokenize.Subwords;
import dev.unroll.text.tokenize.TextEncoder;
import dev.unroll.text.tokenize.TokenizerJson;
import dev.unroll.text.tokenize.Whitespace;
import dev.unroll.text.tokenize.WordPiece;
import dev.unroll.text.tokenize.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of {@code dev.unroll.text.tokenize}. */
class TokenizeTest {
  @TempDir private Path folder;

  private final List<String> texts = List.of("low lower lowest", "new newer newest");

  @Test
  void bertWords() {
    // @start region="BertWords"
    List<String> tokens = new BertWords(true).tokenize("Café, 中文"); // [cafe, ",", 中, 文]
    // @end
    assertThat(tokens).containsExactly("cafe", ",", "中", "文");
  }

  @Test
  void bpe() {
    // @start region="Bpe"
    List<String> tokens = List.of("<unk>", "l", "o", "w", "e", "r", "lo", "low", "er");
    List<Merge> merges = List.of(new Merge("l", "o"), new Merge("lo", "w"), new Merge("e", "r"));
    Bpe.Form form = new Bpe.Form("<unk>", false, "", "");
    Bpe bpe = new Bpe(new Whitespace(), tokens, merges, form);
    List<String> parts = bpe.tokenize("lower"); // [low, er]
    // @end
    assertThat(parts).containsExactly("low", "er");
    assertThat(bpe.encode("lower x")).containsExactly(7, 8, 0);
  }

  @Test
  void bpeTraining() throws IOException {
    // @start region="BpeTraining"
    ByteLevelBpe bpe = new BpeTraining(300, 2).byteLevel(texts);
    TokenizerJson.write(folder.resolve("tokenizer.json"), bpe);
    // @end
    Map<String, Long> counts = Vocabulary.count(new Whitespace(), texts);
    Bpe.Form form = Bpe.Form.WITH_ENDS;
    Bpe parts = new BpeTraining(300, 1).characters(new Whitespace(), counts, form);
    assertThat(parts.tokenize("low")).containsExactly("low</w>");
    assertThat(bpe.tokens()).contains("wer", "west");
  }

  @Test
  void byteLevelBpe() {
    // @start region="ByteLevelBpe"
    ByteLevelBpe bpe = new BpeTraining(300, 2).byteLevel(texts);
    int[] ids = bpe.encode("newer 한글 😀"); // any text: no token is ever unknown
    String text = bpe.decode(ids); // newer 한글 😀
    // @end
    assertThat(text).isEqualTo("newer 한글 😀");
  }

  @Test
  void characters() {
    // @start region="Characters"
    List<String> tokens = new Characters().tokenize("é한👍🏽"); // [é, 한, 👍🏽]
    // @end
    assertThat(tokens).hasSize(3);
  }

  @Test
  void jamo() {
    // @start region="Jamo"
    Tokenizer jamo = new Jamo();
    List<String> tokens = jamo.tokenize("값"); // 3 tokens: ᄀ, ᅡ, ᆹ
    String text = jamo.join(tokens); // 값
    // @end
    assertThat(tokens).containsExactly("\u1100", "\u1161", "\u11B9");
    assertThat(text).isEqualTo("값");
  }

  @Test
  void matches() {
    // @start region="Matches"
    Tokenizer numbers = new Matches(Pattern.compile("[0-9]+"));
    List<String> tokens = numbers.tokenize("from 3 to 12"); // [3, 12]
    // @end
    assertThat(tokens).containsExactly("3", "12");
  }

  @Test
  void ngrams() {
    // @start region="Ngrams"
    Tokenizer pairs = new Ngrams(new Whitespace(), 2, " ");
    List<String> tokens = pairs.tokenize("not so bad"); // [not so, so bad]
    // @end
    assertThat(tokens).containsExactly("not so", "so bad");
  }

  @Test
  void subwords() {
    // @start region="Subwords"
    Subwords subwords = new BpeTraining(300, 2).byteLevel(texts).after(Normalizer.lowerCase());
    int[] ids = subwords.encode("Lower"); // what an Embedding of tokens().size() rows reads
    String text = subwords.decode(ids); // lower
    // @end
    assertThat(text).isEqualTo("lower");
  }

  @Test
  void tokenizerJson() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    TokenizerJson.write(file, new BpeTraining(300, 2).byteLevel(texts));
    // @start region="TokenizerJson"
    Subwords subwords = TokenizerJson.read(file);
    int[] ids = subwords.withoutTemplate().encode("newest"); // without [CLS] and [SEP]
    // @end
    assertThat(subwords.decode(ids)).isEqualTo("newest");
  }

  @Test
  void whitespace() {
    // @start region="Whitespace"
    List<String> tokens = new Whitespace().tokenize("so, it goes\n"); // ["so,", it, goes]
    List<String> all = Whitespace.withLineEnds().tokenize("so\nit goes\n"); // so, \n, it, goes, \n
    // @end
    assertThat(all).containsExactly("so", "\n", "it", "goes", "\n");
    assertThat(tokens).containsExactly("so,", "it", "goes");
  }

  @Test
  void wordPiece() {
    // @start region="WordPiece"
    Subwords pieces =
        new WordPiece(new BertWords(true), List.of("[UNK]", "low", "##er", "##est", "new"));
    List<String> tokens = pieces.tokenize("Lower, newest"); // [low, ##er, [UNK], new, ##est]
    // @end
    assertThat(tokens).containsExactly("low", "##er", "[UNK]", "new", "##est");
  }

  @Test
  void words() {
    // @start region="Words"
    List<String> tokens = new Words().tokenize("It isn't 3.5 m."); // 8 tokens, spaces among them
    // @end
    assertThat(tokens).containsExactly("It", " ", "isn't", " ", "3.5", " ", "m", ".");
  }

  @Test
  void encodes() {
    List<String> reviews = List.of("good film", "bad film");
    // @start region="TextEncoder"
    TextEncoder encoder = TextEncoder.learn("words", reviews);
    int[] ids = encoder.encode("good film");
    String text = encoder.decode(ids);
    // @end
    assertThat(text).isEqualTo("good film");
  }
}
