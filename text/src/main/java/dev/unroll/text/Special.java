package dev.unroll.text;

/** What a vocabulary has beside the tokens of texts. */
public enum Special {
  /** Stands behind the end of a sequence. */
  PADDING("<pad>"),
  /** Stands for every token that is not in the vocabulary. */
  UNKNOWN("\uFFFD"),
  /** Stands before the first token. */
  BEGIN("<s>"),
  /** Stands behind the last token. */
  END("</s>");

  private final String text;

  Special(String text) {
    this.text = text;
  }

  /** Returns how it is shown. A token of a text that reads the same is another token. */
  @Override
  public String toString() {
    return text;
  }
}
