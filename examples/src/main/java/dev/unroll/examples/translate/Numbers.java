package dev.unroll.examples.translate;

import com.ibm.icu.text.RuleBasedNumberFormat;
import dev.unroll.tensor.RandomKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Numbers in words of six languages, by ICU's rules, to digits. */
final class Numbers implements Notation {
  private static final int DIGITS = 6;
  private static final List<RuleBasedNumberFormat> WORDS =
      List.of(Locale.US, Locale.KOREA, Locale.GERMANY, Locale.FRANCE, Locale.ITALY, Locale.of("es"))
          .stream()
          .map(l -> new RuleBasedNumberFormat(l, RuleBasedNumberFormat.SPELLOUT))
          .toList();

  @Override
  public String sentence() {
    return "numbers: up to 999,999 in words of English, Korean, German, French, Italian and"
        + " Spanish, to digits";
  }

  @Override
  public Pair draw(RandomKey key) {
    int digits = 1 + (int) (key.unit(0) * DIGITS);
    long number = (long) (key.unit(1) * Math.pow(10, digits));
    return new Pair(words((int) (key.unit(2) * WORDS.size()), number), String.valueOf(number));
  }

  /** Soft hyphens only mark where a word may be broken. */
  private static String words(int language, long number) {
    return WORDS.get(language).format(number).replace("\u00ad", "");
  }

  @Override
  public List<String> sources() {
    Set<String> all = new TreeSet<>();
    for (int language = 0; language < WORDS.size(); language++) {
      for (long n = 0; n < 1000; n++) {
        all.add(words(language, n));
        all.add(words(language, 1000 * n));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public List<String> targets() {
    return List.of("0123456789");
  }
}
