package dev.unroll.fuzz;

import dev.unroll.data.TokenStream;
import dev.unroll.files.AtomicFolder;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Plateau;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Checkpoints of which one file was changed in its metadata, its names or its numbers. The digest
 * and the name of the folder are made to fit afterwards, so that what reads the files is reached.
 */
final class HostileCheckpoints {
  private static final List<String> FILES =
      List.of("training.safetensors", "weights.safetensors", "average.safetensors");

  private static final long STEP = 3;
  private static final List<byte[]> SAMPLE = sample();
  private static final Pattern STEP_TEXT = Pattern.compile("\"step\" ?: ?\"([1-9]\\d{0,17})\"");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");

  private static final String[] TEXTS = {
    "-1",
    "0",
    "7",
    "2",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775808",
    "3.0",
    "03",
    " 3",
    "+3",
    "0x3",
    "1e5",
    "NaN",
    "-Infinity",
    "\u0663",
    "\uFF13",
    "",
    "none",
    "carried/1",
    "optimizer/updates",
    "optimizer/rule/adamw",
    "schedule/factor",
    "average/",
    "/",
    "adamw",
    "x".repeat(5000)
  };

  private static final float[] NUMBERS = {
    Float.NaN, Float.POSITIVE_INFINITY, -1, 0, 1e38f, Float.MIN_VALUE, 0.5f, 3
  };

  private HostileCheckpoints() {}

  /** A training with everything that a checkpoint holds. */
  private static final class Run {
    final LanguageModel model =
        LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 1), Init.seed(1));
    final Optimizer optimizer = Optimizer.of(new Adam(0.01), model.parameters());
    final TokenStream source =
        new TokenStream(IntStream.range(0, 101).map(i -> i * i % 5).toArray(), 2, 5);
    final Plateau schedule = new Plateau(3, 0.5);
    final Trainer trainer;

    Run(Path home) {
      trainer =
          new Trainer(model, new LanguageModeling(model), optimizer, source)
              .key(RandomKey.of(1))
              .average(0.9)
              .schedule(schedule)
              .checkpoints(home, 1000);
    }

    /** Returns all that a resume could change. */
    String state() {
      StringBuilder all = new StringBuilder();
      for (Map<String, Tensor> part :
          List.of(model.save(), optimizer.state(), schedule.state(), trainer.average().state())) {
        part.forEach((name, t) -> all.append(name).append(Arrays.toString(t.toDoubles())));
      }
      return all + " " + source.position() + " " + trainer.steps();
    }
  }

  private static List<byte[]> sample() {
    try {
      Path home = Files.createTempDirectory("checkpoint");
      new Run(home).trainer.run(STEP);
      List<byte[]> files = new ArrayList<>();
      for (String name : FILES) {
        files.add(Files.readAllBytes(home.resolve("last-" + STEP).resolve(name)));
      }
      AtomicFolder.delete(home);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of a file, and the file with changes. */
  static byte[] change(Random random) {
    int which = random.nextInt(2) == 0 ? 0 : random.nextInt(FILES.size());
    ByteBuffer file = ByteBuffer.wrap(SAMPLE.get(which)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) file.getLong()];
    file.get(header);
    byte[] data = new byte[file.remaining()];
    file.get(data);
    String json = new String(header, StandardCharsets.UTF_8);
    switch (random.nextInt(4)) {
      case 0 -> json = JsonMutation.of(json, random);
      case 1 -> numbers(data, random);
      default -> json = texts(json, random);
    }
    byte[] changed = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(which);
    all.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(changed.length).array());
    all.writeBytes(changed);
    all.writeBytes(data);
    return all.toByteArray();
  }

  /** Replaces one to three names or values, some by others of the file. */
  private static String texts(String json, Random random) {
    String changed = json;
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<MatchResult> all = TEXT.matcher(changed).results().toList();
      MatchResult at = all.get(random.nextInt(all.size()));
      String other =
          random.nextInt(3) == 0
              ? all.get(random.nextInt(all.size())).group()
              : '"' + TEXTS[random.nextInt(TEXTS.length)] + '"';
      changed = changed.substring(0, at.start()) + other + changed.substring(at.end());
    }
    return changed;
  }

  /** Replaces elements by numbers that no training has. */
  private static void numbers(byte[] data, Random random) {
    ByteBuffer b = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = random.nextInt(4); i >= 0; i--) {
      float x = NUMBERS[random.nextInt(NUMBERS.length)];
      if (random.nextBoolean()) {
        b.putFloat(4 * random.nextInt(data.length / 4), x);
      } else {
        b.putDouble(8 * random.nextInt(data.length / 8), x);
      }
    }
  }

  /** Puts a changed file among those that were not, and resumes from there. */
  static void resume(Path input) throws IOException {
    byte[] bytes = Files.readAllBytes(input);
    byte[] file = Arrays.copyOfRange(bytes, 1, bytes.length);
    Path home = Path.of(input + ".run");
    Matcher said = STEP_TEXT.matcher(new String(file, StandardCharsets.UTF_8));
    long step = bytes[0] == 0 && said.find() ? Long.parseLong(said.group(1)) : STEP;
    Path folder = Files.createDirectories(home.resolve("last-" + step));
    StringBuilder digest = new StringBuilder("step " + step + "\n");
    for (int i = FILES.size() - 1; i >= 0; i--) {
      byte[] content = i == bytes[0] ? file : SAMPLE.get(i);
      Files.write(folder.resolve(FILES.get(i)), content);
      digest.append(line(content, FILES.get(i)));
    }
    digest.append(line(digest.toString().getBytes(StandardCharsets.UTF_8), "digest.sha256"));
    Files.writeString(folder.resolve("digest.sha256"), digest);
    try {
      resume(home, step, Arrays.hashCode(bytes) % 16 == 0);
    } finally {
      AtomicFolder.delete(home);
    }
  }

  private static void resume(Path home, long step, boolean further) throws IOException {
    Run run = new Run(home);
    String before = run.state();
    try {
      run.trainer.resume();
    } catch (IOException e) {
      if (!run.state().equals(before)) {
        throw new AssertionError("refused, but something has changed: " + e, e);
      }
      throw e;
    }
    if (run.trainer.steps() != step || run.optimizer.updates() < 0) {
      throw new AssertionError("resumed at step " + run.trainer.steps() + ", not at " + step);
    }
    if (further) {
      try {
        run.trainer.run(step + 1);
      } catch (ArithmeticException e) {
        // Weights of NaN diverge, and that is said.
      }
    }
  }

  private static String line(byte[] content, String name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash) + "  " + name + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
