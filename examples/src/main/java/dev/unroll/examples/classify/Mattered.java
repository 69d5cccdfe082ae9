package dev.unroll.examples.classify;

import dev.unroll.examples.picture.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Attributes a prediction to the characters of a text by erasure: each is removed once (Li, Monroe
 * &amp; Jurafsky 2016, arXiv:1612.08220), and the more the log-odds of a class drop, the more the
 * character supported it.
 *
 * @param of the class id
 */
record Mattered(Contest contest, int of) {
  /** The maximum number of characters shown; each costs a pass over the text. */
  static final int LONGEST = 300;

  /** Writes texts as a page: green supported the class, red opposed it. */
  void write(Path path, List<String> texts) throws IOException {
    Page page =
        new Page(
            "Evidence for \""
                + contest.labels().name(of)
                + "\" (green) and against it (red), and its probability");
    for (String text : texts) {
      if (!text.isEmpty()) {
        add(page, text);
      }
    }
    page.write(path);
  }

  private void add(Page page, String whole) {
    List<String> read = Grams.characters(whole);
    List<String> characters = read.subList(0, Math.min(read.size(), LONGEST));
    String text = String.join("", characters);
    double[] odds = odds(text, characters);
    double most = 1e-9;
    for (double o : odds) {
      most = Math.max(most, Math.abs(o - odds[characters.size()]));
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < characters.size(); i++) {
      double weight = (odds[characters.size()] - odds[i]) / most;
      line.append(
          String.format(
              Locale.ROOT,
              "<span style=\"background:rgba(%s,%.2f)\">%s</span>",
              weight > 0 ? "0,150,60" : "210,40,40",
              0.8 * Math.abs(weight),
              Page.escape(characters.get(i))));
    }
    double p = 1 / (1 + Math.exp(-odds[characters.size()]));
    String more = characters.size() < read.size() ? "\u2026" : "";
    page.row(String.format(Locale.ROOT, "%.2f", p), line + more);
  }

  /**
   * Returns the log-odds of the text without each of its characters, and of the whole text last.
   */
  private double[] odds(String text, List<String> characters) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < characters.size(); i++) {
      texts.add(
          String.join("", characters.subList(0, i))
              + String.join("", characters.subList(i + 1, characters.size())));
    }
    texts.add(text);
    return contest.scores(texts).stream().mapToDouble(s -> odds(s.toDoubles())).toArray();
  }

  private double odds(double... scores) {
    double others = 0;
    for (int c = 0; c < scores.length; c++) {
      others += c == of ? 0 : Math.exp(scores[c] - scores[of]);
    }
    return -Math.log(others);
  }
}
