package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Dates in six languages, by the JDK's formatters, to ISO 8601. */
final class Dates implements Notation {
  private static final LocalDate FIRST = LocalDate.of(1950, 1, 1);
  private static final int DAYS =
      (int) (LocalDate.of(2050, 1, 1).toEpochDay() - FIRST.toEpochDay());
  private static final List<Locale> LOCALES =
      List.of(
          Locale.US, Locale.KOREA, Locale.GERMANY, Locale.FRANCE, Locale.JAPAN, Locale.of("es"));
  private static final List<FormatStyle> STYLES =
      List.of(FormatStyle.FULL, FormatStyle.LONG, FormatStyle.MEDIUM);

  private final List<DateTimeFormatter> formats = new ArrayList<>();

  Dates() {
    for (Locale l : LOCALES) {
      for (FormatStyle s : STYLES) {
        formats.add(DateTimeFormatter.ofLocalizedDate(s).withLocale(l));
      }
    }
  }

  @Override
  public String sentence() {
    return "dates: days of 1950 to 2049 as written in English, Korean, German, French,"
        + " Japanese and Spanish, to ISO 8601";
  }

  @Override
  public Pair draw(RandomKey key) {
    LocalDate day = FIRST.plusDays((int) (key.unit(0) * DAYS));
    DateTimeFormatter format = key.pick(formats, 1);
    return new Pair(format.format(day), day.toString());
  }

  /**
   * Every month, day of the month and day of the week occurs within two years, but not every digit.
   */
  @Override
  public List<String> sources() {
    Set<String> all = new TreeSet<>(targets());
    for (int d = 0; d < 2 * 366; d++) {
      for (DateTimeFormatter f : formats) {
        all.add(f.format(FIRST.plusDays(d)));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public List<String> targets() {
    return List.of("-0123456789");
  }
}
