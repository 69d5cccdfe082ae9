package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Subwords with their preprocessing: added tokens are matched in the original and in the normalized
 * text, and the rest is split into subwords.
 */
final class Pipeline implements Subwords {
  private final Optional<Normalizer> normalizer;
  private final List<AddedTokens.Added> added;
  private final AddedTokens given;
  private final AddedTokens normal;
  private final Subwords model;

  Pipeline(Optional<Normalizer> normalizer, List<AddedTokens.Added> added, Subwords model) {
    this.normalizer = normalizer;
    this.added = List.copyOf(added);
    this.model = model;
    given = new AddedTokens(added.stream().filter(a -> !a.normalized()).toList(), Optional.empty());
    normal = new AddedTokens(added.stream().filter(a -> a.normalized()).toList(), normalizer);
  }

  Optional<Normalizer> normalizer() {
    return normalizer;
  }

  List<AddedTokens.Added> added() {
    return added;
  }

  Subwords model() {
    return model;
  }

  @Override
  public Subwords after(Normalizer before) {
    return new Pipeline(Optional.of(normalizer.map(before::then).orElse(before)), added, model);
  }

  @Override
  public List<String> tokens() {
    return model.tokens();
  }

  @Override
  public int id(String token) {
    return model.id(token);
  }

  @Override
  public int[] encode(String text) {
    IntStream.Builder all = IntStream.builder();
    each(
        given,
        text,
        all,
        part ->
            each(
                normal,
                normalizer.map(n -> n.normalize(part)).orElse(part),
                all,
                rest -> IntStream.of(model.encode(rest)).forEach(all)));
    return all.build().toArray();
  }

  private void each(AddedTokens tokens, String text, IntStream.Builder ids, Consumer<String> rest) {
    tokens.split(
        text,
        new AddedTokens.Parts() {
          @Override
          public void text(int from, int to) {
            rest.accept(text.substring(from, to));
          }

          @Override
          public void token(AddedTokens.Added token, int from, int to) {
            ids.add(id(token.content()));
          }
        });
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    Tokenizer inner = new Around(normal, model);
    new Around(given, normalizer.map(n -> n.before(inner)).orElse(inner)).tokenize(text, tokens);
  }

  /** Added tokens, and a tokenizer of the text between them. */
  private record Around(AddedTokens added, Tokenizer rest) implements Tokenizer {
    @Override
    public void tokenize(String text, Consumer<Token> tokens) {
      added.split(
          text,
          new AddedTokens.Parts() {
            @Override
            public void text(int from, int to) {
              rest.tokenize(
                  text.substring(from, to),
                  t -> tokens.accept(new Token(t.text(), from + t.start(), from + t.end())));
            }

            @Override
            public void token(AddedTokens.Added token, int from, int to) {
              tokens.accept(new Token(token.content(), from, to));
            }
          });
    }

    @Override
    public String join(List<String> tokens) {
      return rest.join(tokens);
    }
  }

  @Override
  public String join(List<String> tokens) {
    return model.join(tokens);
  }

  @Override
  public String toString() {
    return "Pipeline["
        + normalizer.map(n -> "normalizer=" + n + ", ").orElse("")
        + added.size()
        + " added tokens, "
        + model
        + "]";
  }
}
