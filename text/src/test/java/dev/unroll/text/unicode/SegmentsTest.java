package dev.unroll.text.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The borders of segments against all that the JDK's Unicode version decomposes and composes. */
class SegmentsTest {
  @Test
  void nothingThatComposesBeginsASegment() {
    Set<String> wrong = new TreeSet<>();
    for (int c = 0; c < 0x110000; c++) {
      String s = Character.toString(c);
      for (Form form : new Form[] {Form.NFD, Form.NFKD}) {
        int[] parts = Normalizer.normalize(s, form).codePoints().toArray();
        for (int i = 1; i < parts.length; i++) {
          String composed =
              Normalizer.normalize(
                  Character.toString(parts[i - 1]) + Character.toString(parts[i]), Form.NFC);
          boolean touches = composed.codePointCount(0, composed.length()) == 1;
          if (touches && Segments.begins(parts[i])) {
            wrong.add(Integer.toHexString(parts[i]));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothingThatMovesBeginsASegment() {
    Set<String> wrong = new TreeSet<>();
    for (int c = 0; c < 0x110000; c++) {
      String s = Character.toString(c);
      for (String mark : new String[] {"\u0345", "\u0334"}) {
        String moved = Normalizer.normalize(mark + s, Form.NFKD);
        if (!moved.equals(mark + Normalizer.normalize(s, Form.NFKD)) && Segments.begins(c)) {
          wrong.add(Integer.toHexString(c));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whiteSpaceIsThatOfUnicode() {
    Set<Integer> all = new TreeSet<>();
    for (int c = 0; c < 0x110000; c++) {
      if (WhiteSpace.is(c)) {
        all.add(c);
      }
    }
    assertThat(all)
        .containsExactly(
            9, 10, 11, 12, 13, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
            0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000);
  }
}
