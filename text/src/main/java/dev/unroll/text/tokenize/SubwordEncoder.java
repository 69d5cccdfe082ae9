package dev.unroll.text.tokenize;

import java.util.Objects;

/** An encoder with the ids of a tokenizer of subwords. */
record SubwordEncoder(Subwords tokenizer) implements TextEncoder {
  SubwordEncoder {
    Objects.requireNonNull(tokenizer, "tokenizer");
    TokenizerJson.text(tokenizer); // It must be possible to write it.
  }

  @Override
  public int size() {
    return tokenizer.tokens().size();
  }

  @Override
  public int[] encode(String text) {
    return tokenizer.encode(Objects.requireNonNull(text, "text"));
  }

  @Override
  public String decode(int... ids) {
    return tokenizer.decode(ids);
  }

  @Override
  public String text() {
    return EncoderJson.write(this);
  }

  @Override
  public String toString() {
    return "TextEncoder[" + tokenizer + "]";
  }
}
