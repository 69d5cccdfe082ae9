package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Adds tokens before and after those of each text, such as BERT's {@code [CLS]} and {@code [SEP]};
 * they cover no characters, and joining drops them.
 *
 * @param template the added tokens
 * @param form the original field of the file, for writing
 */
record Surrounded(Subwords inner, TemplateJson.Template template, JsonNode form)
    implements Subwords {

  @Override
  public List<String> tokens() {
    return inner.tokens();
  }

  @Override
  public int id(String token) {
    return inner.id(token);
  }

  @Override
  public int[] encode(String text) {
    int[] ids = inner.encode(text);
    int before = template.before().size();
    int[] all = new int[before + ids.length + template.after().size()];
    System.arraycopy(ids, 0, all, before, ids.length);
    for (int i = 0; i < before; i++) {
      all[i] = id(template.before().get(i));
    }
    for (int i = before + ids.length; i < all.length; i++) {
      all[i] = id(template.after().get(i - before - ids.length));
    }
    return all;
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    template.before().forEach(t -> tokens.accept(new Token(t, 0, 0)));
    inner.tokenize(text, tokens);
    template.after().forEach(t -> tokens.accept(new Token(t, text.length(), text.length())));
  }

  @Override
  public String join(List<String> tokens) {
    int from = template.before().size();
    int to = tokens.size() - template.after().size();
    boolean whole =
        from <= to
            && tokens.subList(0, from).equals(template.before())
            && tokens.subList(to, tokens.size()).equals(template.after());
    return inner.join(whole ? tokens.subList(from, to) : tokens);
  }

  @Override
  public Subwords after(Normalizer normalizer) {
    return new Surrounded(inner.after(normalizer), template, form);
  }

  @Override
  public Subwords withoutTemplate() {
    return inner;
  }

  @Override
  public String toString() {
    return "Surrounded[" + template + ", " + inner + "]";
  }
}
