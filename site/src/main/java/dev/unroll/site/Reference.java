package dev.unroll.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Javadoc that a site contains, if it does.
 *
 * @param source the folder of the generated Javadoc, or null
 * @param types paths in that folder by simple names, which are unique among exported types
 */
record Reference(@Nullable Path source, Map<String, String> types) {
  /** The folder of the site that contains it. */
  static final String FOLDER = "javadoc";

  private static final String PAGE = "[^/]+/dev/unroll/(?:[a-z]+/)+[A-Z]\\w*\\.html";

  /** Returns a reference without types: the site has none. */
  static Reference none() {
    return new Reference(null, Map.of());
  }

  /** Reads the names of the types in a folder that javadoc wrote. */
  static Reference in(Path source) throws IOException {
    if (!Files.exists(source.resolve("index.html"))) {
      throw new IllegalArgumentException("[site] expected a folder of Javadoc, got " + source);
    }
    Map<String, String> types = new TreeMap<>();
    try (Stream<Path> files = Files.walk(source)) {
      files
          .map(p -> source.relativize(p).toString().replace('\\', '/'))
          .filter(p -> p.matches(PAGE))
          .forEach(p -> types.put(p.replaceAll(".*/|\\.html$", ""), p));
    }
    return new Reference(source, types);
  }

  /** Returns whether the site contains it. */
  boolean exists() {
    return source != null;
  }

  /** Returns the path in the site of the type that code names, as Type or Type.member, or null. */
  @Nullable String url(String code) {
    String name = code.replaceFirst("(?:[.<(@{ ].*)?$", "");
    String path = types.get(name);
    return path == null ? null : FOLDER + "/" + path;
  }

  /** Returns the types, for the search. */
  List<SearchIndex.Entry> entries() {
    return types.entrySet().stream()
        .map(e ->
            new SearchIndex.Entry(
                FOLDER + "/" + e.getValue(),
                "en",
                "Reference",
                e.getKey(),
                e.getValue()
                    .replaceFirst("^[^/]+/", "")
                    .replaceFirst("\\.html$", "")
                    .replace('/', '.')))
        .toList();
  }

  /** Copies it into a folder of the site. */
  void copyTo(Path folder) throws IOException {
    if (source != null) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Site.copy(file, folder.resolve(source.relativize(file).toString()));
        }
      }
    }
  }
}
