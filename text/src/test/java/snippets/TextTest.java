package snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Hangul;
import dev.unroll.text.Josa;
import dev.unroll.text.Missing;
import dev.unroll.text.Normalizer;
import dev.unroll.text.Special;
import dev.unroll.text.TextScores;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerFactory;
import dev.unroll.text.TokenizerProvider;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import dev.unroll.text.tokenize.Characters;
import dev.unroll.text.tokenize.Matches;
import dev.unroll.text.tokenize.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of {@code dev.unroll.text}. */
class TextTest {
  @TempDir private Path folder;

  private final Tokenizer tokenizer = new Matches(Pattern.compile("\\w+"));

  @Test
  void hangul() {
    // @start region="Hangul"
    String letters = Hangul.letters("값이"); // ㄱㅏㅂㅅㅇㅣ
    String initials = Hangul.initials("대한민국"); // ㄷㅎㅁㄱ
    String text = Hangul.assemble("ㅇㅏㅂㅓㅈㅣ"); // 아버지
    // @end
    assertThat(letters).isEqualTo("ㄱㅏㅂㅅㅇㅣ");
    assertThat(initials).isEqualTo("ㄷㅎㅁㄱ");
    assertThat(text).isEqualTo("아버지");
  }

  @Test
  void josa() {
    // @start region="Josa"
    String book = Josa.attach("책", "이/가"); // 책이
    String shampoo = Josa.attach("샴푸", "이/가"); // 샴푸가
    String seoul = Josa.attach("서울", "으로/로"); // 서울로
    // @end
    assertThat(book).isEqualTo("책이");
    assertThat(shampoo).isEqualTo("샴푸가");
    assertThat(seoul).isEqualTo("서울로");
  }

  @Test
  void missing() {
    Vocabulary vocabulary = Vocabulary.of(tokenizer, "the cat saw the dog");
    // @start region="Missing"
    Missing missing = vocabulary.missing(tokenizer, "the bird saw the cat");
    double rate = missing.rate(); // 0.2
    List<String> unknown = missing.mostFrequent(10); // [bird]
    // @end
    assertThat(rate).isEqualTo(0.2);
    assertThat(unknown).containsExactly("bird");
  }

  @Test
  void normalizer() {
    // @start region="Normalizer"
    Tokenizer words =
        Normalizer.nfkc()
            .then(Normalizer.lowerCase())
            .then(Normalizer.shortened(2))
            .before(new Words());
    List<String> tokens = words.tokenize("Ｓｏooo"); // [soo]
    // @end
    assertThat(tokens).containsExactly("soo");
  }

  @Test
  void tokenizer() {
    // @start region="Tokenizer"
    Tokenizer words = new Words();
    List<String> tokens = words.tokenize("Hello, world"); // "Hello", ",", " ", "world"
    List<Token> pieces = new ArrayList<>();
    words.tokenize("Hello, world", pieces::add); // with offsets: the last is at 7 to 12
    String text = words.join(tokens);
    // @end
    assertThat(tokens).containsExactly("Hello", ",", " ", "world");
    assertThat(pieces).last().isEqualTo(new Token("world", 7, 12));
    assertThat(text).isEqualTo("Hello, world");
  }

  @Test
  void vocabulary() {
    List<String> texts = List.of("the cat saw the dog", "the dog saw a bird");
    // @start region="Vocabulary"
    Map<String, Long> counts = Vocabulary.count(tokenizer, texts);
    Vocabulary vocabulary =
        Vocabulary.of(counts, Special.PADDING, Special.UNKNOWN).atLeast(2).limit(30_000);
    int[] ids = tokenizer.tokenize("the cat").stream().mapToInt(vocabulary::id).toArray();
    // @end
    assertThat(vocabulary.size()).isEqualTo(5);
    assertThat(ids).containsExactly(2, vocabulary.id(Special.UNKNOWN));
  }

  @Test
  void wordVectors() throws IOException {
    Vocabulary vocabulary = Vocabulary.of(tokenizer, "the cat saw the dog");
    Path file = Files.writeString(folder.resolve("glove.txt"), "the 0.1 0.2\ncat -0.3 0.4\n");
    // @start region="WordVectors"
    WordVectors vectors = WordVectors.read(file, vocabulary, RandomKey.of(1));
    Tensor weights = vectors.weights(); // for new Embedding(new Parameter(weights))
    // @end
    assertThat(vectors.found()).isEqualTo(2);
    assertThat(weights.shape().dims()).containsExactly(5, 2);
  }

  // @start region="TokenizerProvider"
  /** Listed under "provides" in the module-info of its module, and in META-INF/services. */
  public static final class MyTokenizers implements TokenizerProvider {
    @Override
    public Map<String, TokenizerFactory> byName() {
      return Map.of("regex", argument -> new Matches(Pattern.compile(argument)));
    }
  }

  // @end

  @Test
  void provider() {
    Tokenizer t = Objects.requireNonNull(new MyTokenizers().byName().get("regex")).create("[0-9]");
    assertThat(t.tokenize("a1")).containsExactly("1");
  }

  @Test
  void tokenizers() {
    // @start region="Tokenizers"
    Tokenizer words = Tokenizers.named("words");
    Tokenizer numbers = Tokenizers.named("regex:[0-9]+"); // with an argument
    // @end
    assertThat(words).isInstanceOf(Words.class);
    assertThat(numbers.tokenize("from 3 to 12")).containsExactly("3", "12");
  }

  @Test
  void factory() {
    // @start region="TokenizerFactory"
    TokenizerFactory lowerCase = _ -> Normalizer.lowerCase().before(new Characters());
    Tokenizer tokenizer = lowerCase.create(""); // the argument is for factories that need one
    // @end
    assertThat(tokenizer.tokenize("Ab")).containsExactly("a", "b");
  }

  @Test
  void textScores() {
    // @start region="TextScores"
    Tokenizer words = Tokenizers.named("whitespace");
    List<List<String>> written = List.of(words.tokenize("a red square above a blue cross"));
    List<List<String>> correct = List.of(words.tokenize("a red square above a blue disc"));
    double bleu = TextScores.bleu(written, correct); // 0.81
    double distinct = TextScores.distinct(written, 1); // 6 different words of 7
    // @end
    assertThat(bleu).isCloseTo(0.809, within(1e-3));
    assertThat(distinct).isEqualTo(6.0 / 7);
  }
}
