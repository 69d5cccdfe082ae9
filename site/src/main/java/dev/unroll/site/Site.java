package dev.unroll.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages of a repository, and what the site shows around them.
 *
 * @param root the folder of the repository
 * @param pages the pages, sorted by path
 * @param navigation the pages in the order of docs/README.md
 * @param reference the Javadoc that the site contains
 */
record Site(Path root, List<Page> pages, Navigation navigation, Reference reference) {
  /** Pages outside of docs. */
  private static final List<String> TOP = List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md");

  private static final List<String> ASSETS = List.of("site.css", "site.js", "icon.svg");

  /** Files that are copied as they are. */
  private static final String COPIED = "docs/.*\\.svg";

  /** Reads the pages of a repository. */
  static Site of(Path root, Reference reference) throws IOException {
    List<Page> pages = new ArrayList<>();
    for (String name : TOP) {
      pages.add(Page.read(root, name));
    }
    for (String name : files(root, "docs/.*\\.md")) {
      pages.add(Page.read(root, name));
    }
    return new Site(root, List.copyOf(pages), Navigation.of(pages), reference);
  }

  /** Writes the site into a folder, which is made if necessary; other files in it remain. */
  void write(Path out) throws IOException {
    Layout layout = new Layout(this);
    List<SearchIndex.Entry> index = new ArrayList<>();
    for (Page page : pages) {
      Article article = Article.of(page, reference);
      write(out.resolve(page.target()), layout.render(page, article));
      index.addAll(article.entries());
    }
    index.addAll(reference.entries());
    write(out.resolve("search-index.js"), SearchIndex.script(index));
    for (String asset : ASSETS) {
      try (InputStream in = Site.class.getResourceAsStream(asset)) {
        if (in == null) {
          throw new IOException("[site] expected the resource " + asset + ", got none");
        }
        Files.copy(in, out.resolve(asset), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    for (String name : files(root, COPIED)) {
      copy(root.resolve(name), out.resolve(name));
    }
    copy(root.resolve("LICENSE"), out.resolve("LICENSE.txt"));
    reference.copyTo(out.resolve(Reference.FOLDER));
  }

  private static List<String> files(Path root, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      return files
          .map(p -> root.relativize(p).toString().replace('\\', '/'))
          .filter(p -> p.matches(pattern))
          .sorted()
          .toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.toAbsolutePath().getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
