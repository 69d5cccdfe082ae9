package dev.unroll.text.tokenize;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.IntCursor;
import com.carrotsearch.hppc.cursors.LongLongCursor;
import dev.unroll.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Learns byte-pair merges: the most frequent pair of adjacent symbols is merged, repeatedly. Ties
 * are broken in favor of the pair of lower ids, so that the same text gives the same tokens.
 *
 * {@snippet class="snippets.TokenizeTest" region="BpeTraining"}
 *
 * @param size the maximum vocabulary size
 * @param minFrequency the minimum frequency of a pair that is merged, at least 1
 */
public record BpeTraining(int size, long minFrequency) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public BpeTraining {
    if (size < 1 || minFrequency < 1) {
      throw new IllegalArgumentException(
          "[bpe] expected a size and frequency of at least 1, got "
              + size
              + " and "
              + minFrequency);
    }
  }

  /**
   * Learns a byte-level tokenizer from texts: 256 bytes, and merges within words as split by GPT-2.
   */
  public ByteLevelBpe byteLevel(Iterable<String> texts) {
    Map<String, Long> words = new HashMap<>();
    for (String text : texts) {
      for (int at = 0; at < text.length(); ) {
        int end = ByteLevel.wordEnd(text, at);
        words.merge(text.substring(at, end), 1L, Long::sum);
        at = end;
      }
    }
    Map<String, Long> visible = new HashMap<>();
    words.forEach((word, count) -> {
      String seen = ByteLevel.visible(word.getBytes(StandardCharsets.UTF_8));
      visible.merge(seen, count, Long::sum);
    });
    TreeSet<String> alphabet = new TreeSet<>();
    for (int b = 0; b < 256; b++) {
      alphabet.add(String.valueOf(ByteLevel.character(b)));
    }
    Learned learned = new Learned(new ArrayList<>(alphabet), visible, "");
    learned.run(size, minFrequency);
    return new ByteLevelBpe(learned.tokens, learned.merges);
  }

  /**
   * Learns a character-level tokenizer from counted words.
   *
   * @param words the word tokenizer of the result
   * @param form without a prefix; its unknown token, if any, gets id 0
   */
  public Bpe characters(Tokenizer words, Map<String, Long> counts, Bpe.Form form) {
    if (!form.prefix().isEmpty()) {
      throw new IllegalArgumentException(
          "[bpe] a form with a prefix cannot be learned; use a suffix");
    }
    List<String> tokens = new ArrayList<>();
    if (!form.unknown().isEmpty()) {
      tokens.add(form.unknown());
    }
    TreeSet<String> alphabet = new TreeSet<>();
    counts
        .keySet()
        .forEach(word -> {
          int n = word.codePointCount(0, word.length());
          int[] c = word.codePoints().toArray();
          for (int i = 0; i < n; i++) {
            alphabet.add(Character.toString(c[i]) + (i + 1 == n ? form.suffix() : ""));
          }
        });
    alphabet.removeAll(tokens);
    tokens.addAll(alphabet);
    Learned learned = new Learned(tokens, counts, form.suffix());
    learned.run(size, minFrequency);
    return new Bpe(words, learned.tokens, learned.merges, form);
  }

  /** The state of learning. */
  private static final class Learned {
    final List<String> tokens;
    final List<Merge> merges = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final int[][] words;
    private final long[] counts;
    private final LongLongHashMap frequency = new LongLongHashMap();
    private final LongObjectHashMap<IntArrayList> places = new LongObjectHashMap<>();
    private final PriorityQueue<Pair> queue = new PriorityQueue<>(Learned::order);

    /** A pair, and its count at the time when it was queued. */
    private record Pair(long pair, long count) {}

    private static int order(Pair a, Pair b) {
      return a.count != b.count ? Long.compare(b.count, a.count) : Long.compare(a.pair, b.pair);
    }

    Learned(List<String> alphabet, Map<String, Long> given, String suffix) {
      tokens = alphabet;
      alphabet.forEach(t -> ids.put(t, ids.size()));
      words = new int[given.size()][];
      counts = new long[given.size()];
      int w = 0;
      for (Map.Entry<String, Long> e : given.entrySet()) {
        int[] c = e.getKey().codePoints().toArray();
        int[] symbols = new int[c.length];
        for (int i = 0; i < c.length; i++) {
          String text = Character.toString(c[i]) + (i + 1 == c.length ? suffix : "");
          symbols[i] = Objects.requireNonNull(ids.get(text));
        }
        words[w] = symbols;
        counts[w++] = e.getValue();
      }
      for (w = 0; w < words.length; w++) {
        for (int i = 0; i + 1 < words[w].length; i++) {
          add(Merges.pair(words[w][i], words[w][i + 1]), w);
        }
      }
      for (LongLongCursor c : frequency) {
        queue.add(new Pair(c.key, c.value));
      }
    }

    private void add(long pair, int word) {
      frequency.addTo(pair, counts[word]);
      IntArrayList at = places.get(pair);
      if (at == null) {
        at = new IntArrayList(4);
        places.put(pair, at);
      }
      if (at.isEmpty() || at.get(at.size() - 1) != word) {
        at.add(word);
      }
    }

    void run(int size, long minFrequency) {
      while (tokens.size() < size && !queue.isEmpty()) {
        Pair first = queue.remove();
        long now = frequency.getOrDefault(first.pair, 0);
        if (now != first.count) {
          if (now > 0) {
            queue.add(new Pair(first.pair, now));
          }
          continue;
        }
        if (now < minFrequency) {
          break;
        }
        merge(first.pair);
      }
    }

    private void merge(long pair) {
      int left = (int) (pair >> 32);
      int right = (int) pair;
      String text = tokens.get(left) + tokens.get(right);
      merges.add(new Merge(tokens.get(left), tokens.get(right)));
      int result = ids.computeIfAbsent(text, t -> tokens.size());
      if (result == tokens.size()) {
        tokens.add(text);
      }
      IntArrayList at = places.remove(pair);
      LongLongHashMap grown = new LongLongHashMap();
      for (IntCursor word : at) {
        replace(word.value, left, right, result, grown);
      }
      frequency.remove(pair);
      for (LongLongCursor c : grown) {
        queue.add(new Pair(c.key, frequency.get(c.key)));
      }
    }

    /** Merges a pair in one word, and counts the new pairs. */
    private void replace(int w, int left, int right, int result, LongLongHashMap grown) {
      int[] s = words[w];
      int n = 0;
      int[] out = new int[s.length];
      boolean changed = false;
      for (int i = 0; i < s.length; i++) {
        if (i + 1 < s.length && s[i] == left && s[i + 1] == right) {
          out[n++] = result;
          changed = true;
          i++;
        } else {
          out[n++] = s[i];
        }
      }
      if (!changed) {
        return;
      }
      for (int i = 0; i + 1 < s.length; i++) {
        frequency.addTo(Merges.pair(s[i], s[i + 1]), -counts[w]);
      }
      words[w] = Arrays.copyOf(out, n);
      for (int i = 0; i + 1 < n; i++) {
        long p = Merges.pair(out[i], out[i + 1]);
        if (out[i] == result || out[i + 1] == result) {
          add(p, w);
          grown.put(p, 1);
        } else {
          frequency.addTo(p, counts[w]);
        }
      }
    }
  }
}
