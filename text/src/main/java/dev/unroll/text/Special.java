package dev.unroll.text;

/** Special tokens of a vocabulary, which never occur in texts. */
public enum Special {
  /** Fills a sequence after its end. */
  PADDING("<pad>"),
  /** Replaces every token that is not in the vocabulary. */
  UNKNOWN("\uFFFD"),
  /** Marks the beginning of a text, before the first token. */
  BEGIN("<s>"),
  /** Marks the end of a text, after the last token. */
  END("</s>");

  private final String text;

  Special(String text) {
    this.text = text;
  }

  /**
   * Returns the displayed form. A token of a text with the same characters is a different token.
   */
  @Override
  public String toString() {
    return text;
  }
}
