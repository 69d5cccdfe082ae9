package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a file puts around a text is put around it, or refused by name, and written again. */
class TemplateJsonTest {
  private static final String FILE =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 0, "content": "[CLS]", "special": true},
                        {"id": 1, "content": "[SEP]", "special": true}],
       "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
       "post_processor": null, "decoder": {"type": "WordPiece"},
       "model": {"type": "WordPiece", "vocab": {"[UNK]": 2, "a": 3, "##b": 4}}}
      """;

  private static final String TEMPLATE =
      """
      {"type": "TemplateProcessing",
       "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                  {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
       "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                {"Sequence": {"id": "B", "type_id": 1}},
                {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
       "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [0], "tokens": ["[CLS]"]},
                          "[SEP]": {"id": "[SEP]", "ids": [1], "tokens": ["[SEP]"]}}}
      """;

  private static final String PAIR = "\"sep\": [\"[SEP]\", 1], \"cls\": [\"[CLS]\", 0]";

  @TempDir Path folder;

  private Subwords read(String part, String value) throws IOException {
    String text = FILE.replace("\"" + part + "\": null", "\"" + part + "\": " + value);
    return TokenizerJson.read(Files.writeString(folder.resolve("t.json"), text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TEMPLATE,
        "{\"type\": \"BertProcessing\", " + PAIR + "}",
        "{\"type\": \"RobertaProcessing\", \"trim_offsets\": true, \"add_prefix_space\": false, "
            + PAIR
            + "}",
        "{\"type\": \"Sequence\", \"processors\": [{\"type\": \"ByteLevel\", \"trim_offsets\":"
            + " false}, "
            + TEMPLATE
            + "]}"
      })
  void tokensArePutAroundATextAndWrittenAgain(String processor) throws IOException {
    Subwords s = read("post_processor", processor);
    assertThat(s.encode("ab a")).containsExactly(0, 3, 4, 3, 1);
    List<Token> tokens = new ArrayList<>();
    s.tokenize("ab a", tokens::add);
    assertThat(tokens)
        .containsExactly(
            new Token("[CLS]", 0, 0),
            new Token("a", 0, 1),
            new Token("##b", 1, 2),
            new Token("a", 3, 4),
            new Token("[SEP]", 4, 4));
    assertThat(s.decode(s.encode("ab a"))).isEqualTo("ab a");
    assertThat(s.encode("")).containsExactly(0, 1);
    assertThat(s.decode(3, 4, 1)).isEqualTo("ab [SEP]");
    assertThat(s.after(Normalizer.lowerCase()).encode("AB")).containsExactly(0, 3, 4, 1);
    assertThat(s.withoutTemplate().encode("ab")).containsExactly(3, 4);
    assertThat(s.after(Normalizer.lowerCase()).withoutTemplate().encode("AB"))
        .containsExactly(3, 4);
    Path again = folder.resolve("again.json");
    TokenizerJson.write(again, s);
    JsonMapper json = JsonMapper.shared();
    assertThat(json.readTree(again.toFile()).get("post_processor"))
        .isEqualTo(json.readTree(processor));
    assertThat(TokenizerJson.read(again).encode("ab a")).containsExactly(0, 3, 4, 3, 1);
  }

  @Test
  void offsetsOfBytesChangeNothing() throws IOException {
    Subwords s = read("post_processor", "{\"type\": \"ByteLevel\", \"trim_offsets\": true}");
    assertThat(s.encode("ab")).containsExactly(3, 4);
    assertThat(s.decode(3, 4)).isEqualTo("ab");
    Subwords none = read("post_processor", "null");
    assertThat(none.withoutTemplate()).isSameAs(none);
  }

  @Test
  void whatIsNotAppliedIsRefusedByName() throws IOException {
    String long1 = "{\"direction\": \"Right\", \"max_length\": 512, \"stride\": 0}";
    refused("truncation", long1, "truncation is not supported: set it to null");
    refused("padding", "{\"strategy\": \"BatchLongest\"}", "padding is not supported: set it to");
    String type = "{\"type\": \"Other\"}";
    refused("post_processor", type, "the post_processor \"Other\" is not supported");
    List<List<String>> changes =
        List.of(
            List.of("\"ids\": [1]", "\"ids\": [7]", "expected a token of the vocabulary, got"),
            List.of("\"ids\": [1]", "\"ids\": [1, 1]", "expected the ids of the tokens of"),
            List.of("\"id\": \"A\"", "\"id\": \"C\"", "expected the sequence A, got \"C\""),
            List.of(
                "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}},", "", "expected one Sequence"),
            List.of("\"SpecialToken\"", "\"Other\"", "Sequence is missing, or SpecialToken"),
            List.of("\"type_id\": 0}", "\"type_id\": 0, \"x\": 1}", "x is unknown"),
            List.of(
                "\"type_id\": 1", "\"type_id\": \"1\"", "type_id: expected a non-negative integer"),
            List.of("\"tokens\": [\"[CLS]\"]", "\"tokens\": [0]", "expected a token of the"),
            List.of("\"single\"", "\"x\": 0, \"single\"", "post_processor.x is unknown"));
    for (List<String> c : changes) {
      String changed = TEMPLATE.replace(c.get(0), c.get(1));
      assertThat(changed).isNotEqualTo(TEMPLATE);
      refused("post_processor", changed, c.get(2));
    }
    refused(
        "post_processor",
        "{\"type\": \"BertProcessing\", " + PAIR.replace("0", "5") + "}",
        "post_processor.cls: expected a token of the vocabulary, got \"[CLS]\" as token 5");
    refused(
        "post_processor",
        "{\"type\": \"ByteLevel\", \"trim_offsets\": 1}",
        "post_processor.trim_offsets: expected true or false, got 1");
  }

  private void refused(String part, String value, String message) {
    assertThatThrownBy(() -> read(part, value))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(message);
  }
}
