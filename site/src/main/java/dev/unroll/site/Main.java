package dev.unroll.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the site: {@code ./unroll docs} calls it. */
final class Main {
  private Main() {}

  /**
   * Writes the site and checks its links.
   *
   * @param args the folder of the repository, the folder to write, and the folder of the generated
   *     Javadoc if the site is to contain it
   * @throws IOException if a page cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2 || args.length > 3) {
      System.err.println("[site] expected REPOSITORY SITE [JAVADOC], got " + List.of(args));
      System.exit(2);
    }
    Path out = Path.of(args[1]);
    Reference reference = args.length < 3 ? Reference.none() : Reference.in(Path.of(args[2]));
    Site site = Site.of(Path.of(args[0]), reference);
    site.write(out);
    List<String> dead = DeadLinks.in(out);
    dead.forEach(System.err::println);
    System.out.println(
        site.pages().size() + " pages: " + out.resolve("index.html").toAbsolutePath().normalize());
    if (!dead.isEmpty()) {
      System.exit(1);
    }
  }
}
