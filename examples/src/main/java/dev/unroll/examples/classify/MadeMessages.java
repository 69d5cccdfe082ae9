package dev.unroll.examples.classify;

import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generated short messages. One in seven is spam, as in the SMS Spam Collection (Almeida, Gómez
 * Hidalgo &amp; Yamakami 2011). Ham mentions the same things; spam promises something to those who
 * act, and obfuscates words by digits and dots half of the time ("fr33", "w.i.n"). Half of the
 * messages state two things and negate one of them, so that the words of both kinds occur in
 * either. One message in fifty has the wrong label, so that perfect accuracy is impossible.
 */
final class MadeMessages {
  private static final List<String> WHO =
      List.of("mum", "Jin", "the boss", "Anna", "my team", "we");
  private static final List<String> HAM =
      List.of(
          "are you free at %d? %s will call you then",
          "got your text, see you at %d with %s",
          "%d minutes late, tell %s to start without me",
          "did %2$s win the match? it was %1$d to nothing when I left",
          "%2$s will claim the %1$d tickets, no rush",
          "the prize for %2$s is a cake, bring %1$d candles");
  private static final List<String> SPAM =
      List.of(
          "you can win %d pounds, reply to claim",
          "free prize for you: call now, code %d",
          "urgent! claim your %d tickets, text win now",
          "win a free call to anyone, only %d left",
          "your prize of %d is free, reply now");

  /** Templates of a statement and a negated one. */
  private static final List<String> BOTH =
      List.of(
          "%s. it is not like \"%s\"",
          "%s, honestly, who writes \"%s\"",
          "forget \"%2$s\": %1$s",
          "not \"%2$s\" again, but %1$s");

  private static final List<String> HIDDEN = List.of("free", "win", "prize", "claim", "urgent");

  private MadeMessages() {}

  /** Returns messages, a function of the key. */
  static List<Labelled> of(int n, RandomKey key) {
    List<Labelled> messages = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      RandomKey k = key.fold(i);
      boolean spam = k.unit(0) < 1 / 7.0;
      boolean looks = spam ^ k.unit(1) < 0.02;
      String meant = part(k.fold("meant"), looks);
      boolean alone = k.unit(2) < 0.5;
      String text = alone ? meant : k.pick(BOTH, 3).formatted(meant, part(k, !looks));
      messages.add(new Labelled(text, spam ? "spam" : "ham"));
    }
    return messages;
  }

  private static String part(RandomKey k, boolean spam) {
    String text =
        String.format(
            Locale.ROOT, k.pick(spam ? SPAM : HAM, 4), (int) (k.unit(5) * 1000), k.pick(WHO, 6));
    return spam && k.unit(7) < 0.5 ? hide(text, k.unit(8)) : text;
  }

  private static String hide(String text, double unit) {
    String hidden = text;
    for (String word : HIDDEN) {
      String by =
          unit < 0.5 ? word.replace('e', '3').replace('i', '1') : String.join(".", word.split(""));
      hidden = hidden.replace(word, by);
    }
    return hidden;
  }
}
