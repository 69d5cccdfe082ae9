package dev.unroll.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of the rows of a {@link FileLog}. */
sealed interface RowFormat {
  /**
   * The properties of a row that is already in a file.
   *
   * @param isValidation false for an update
   */
  record Existing(long step, double seconds, boolean isValidation) {}

  /** Returns the first line of a file; empty if there is none. */
  String header();

  /** Returns whether a file without a complete line may have been cut from one of this form. */
  boolean begins(String text);

  /** Returns the row of an update. */
  String update(TrainingStep step, double seconds);

  /** Returns the row of a validation; empty if the form has none. */
  String validation(long step, double seconds, Map<String, Double> metrics, boolean best);

  /** Parses a row; empty if it does not have this form. */
  Optional<Existing> parse(String row);

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** Comma-separated values, with empty cells where a row has no value. */
  record Csv(List<String> metrics) implements RowFormat {
    private static final String COLUMNS = "step,seconds,predictions,loss,norm,rateFactor";

    /** The first cells of a row: an update has one of predictions, a validation has none. */
    private static final Pattern ROW = Pattern.compile("(\\d{1,18}),(\\d+\\.\\d+),(\\d*),.*");

    @Override
    public String header() {
      List<String> own = List.of(COLUMNS.split(","));
      return metrics.stream()
          .map(n -> "," + cell(own.contains(n) ? "validation " + n : n))
          .collect(Collectors.joining("", COLUMNS, ""));
    }

    @Override
    public boolean begins(String text) {
      return header().startsWith(text);
    }

    private static String cell(String text) {
      return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
          ? '"' + text.replace("\"", "\"\"").replaceAll("\\R", " ") + '"'
          : text;
    }

    @Override
    public String update(TrainingStep s, double seconds) {
      return s.number()
          + ","
          + time(seconds)
          + ","
          + s.predictions()
          + ","
          + s.loss()
          + ","
          + s.norm()
          + ","
          + s.rateFactor()
          + ",".repeat(metrics.size());
    }

    @Override
    public String validation(long step, double seconds, Map<String, Double> found, boolean best) {
      if (metrics.isEmpty()) {
        return "";
      }
      List<String> cells = new ArrayList<>(List.of(String.valueOf(step), time(seconds)));
      cells.addAll(List.of("", "", "", ""));
      for (String name : metrics) {
        Double value = found.get(name);
        cells.add(value == null ? "" : value.toString());
      }
      return String.join(",", cells);
    }

    @Override
    public Optional<Existing> parse(String row) {
      Matcher m = ROW.matcher(row);
      int cells = 6 + metrics.size();
      return m.matches() && row.split(",", -1).length == cells
          ? Optional.of(
              new Existing(
                  Long.parseLong(m.group(1)), Double.parseDouble(m.group(2)), m.group(3).isEmpty()))
          : Optional.empty();
    }
  }

  /** One JSON object per line. */
  record JsonLines() implements RowFormat {
    private static final String START = "{\"step\":";
    private static final Pattern ROW =
        Pattern.compile(
            "\\{\"step\":(\\d{1,18}),\"seconds\":(\\d+\\.\\d+),\"(best|predictions)\":.*\\}");

    @Override
    public String header() {
      return "";
    }

    @Override
    public String update(TrainingStep s, double seconds) {
      return begin(s.number(), seconds)
          + ",\"predictions\":"
          + s.predictions()
          + ",\"loss\":"
          + number(s.loss())
          + ",\"norm\":"
          + number(s.norm())
          + ",\"rateFactor\":"
          + number(s.rateFactor())
          + "}";
    }

    @Override
    public String validation(long step, double seconds, Map<String, Double> found, boolean best) {
      return found.entrySet().stream()
          .map(e -> text(e.getKey()) + ":" + number(e.getValue()))
          .collect(
              Collectors.joining(
                  ",", begin(step, seconds) + ",\"best\":" + best + ",\"metrics\":{", "}}"));
    }

    @Override
    public boolean begins(String text) {
      return START.startsWith(text) || text.startsWith(START);
    }

    private static String begin(long step, double seconds) {
      return START + step + ",\"seconds\":" + time(seconds);
    }

    private static String number(double value) {
      return Double.isFinite(value) ? String.valueOf(value) : "null";
    }

    private static String text(String value) {
      StringBuilder quoted = new StringBuilder("\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          quoted.append('\\').append(c);
        } else if (c < ' ') {
          quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          quoted.append(c);
        }
      }
      return quoted.append('"').toString();
    }

    @Override
    public Optional<Existing> parse(String row) {
      Matcher m = ROW.matcher(row);
      return m.matches()
          ? Optional.of(
              new Existing(
                  Long.parseLong(m.group(1)),
                  Double.parseDouble(m.group(2)),
                  m.group(3).equals("best")))
          : Optional.empty();
    }
  }
}
