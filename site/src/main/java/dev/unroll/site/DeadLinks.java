package dev.unroll.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Links of a site that lead nowhere, or to another host for something that the page loads. */
final class DeadLinks {
  private static final Pattern LINK =
      Pattern.compile("<(\\w+)\\b[^>]*?\\s(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");

  private DeadLinks() {}

  /**
   * Returns a line for each dead link of the pages of a site. The Javadoc's own links are
   * javadoc's.
   */
  static List<String> in(Path site) throws IOException {
    Map<Path, String> pages = new HashMap<>();
    try (Stream<Path> files = Files.walk(site)) {
      for (Path p : files.filter(f -> f.toString().endsWith(".html")).toList()) {
        if (!p.startsWith(site.resolve(Reference.FOLDER))) {
          pages.put(p.normalize(), Files.readString(p));
        }
      }
    }
    Map<Path, Set<String>> anchors = new HashMap<>();
    pages.forEach((p, html) -> anchors.put(p, ids(html)));
    List<String> dead = new ArrayList<>();
    pages.forEach((p, html) -> {
      for (Matcher m = LINK.matcher(html); m.find(); ) {
        String link = m.group(2);
        if (link.matches("[a-z][a-z0-9+.-]*:.*")
            ? !m.group(1).equals("a")
            : !exists(p, link, anchors)) {
          dead.add(
              "[" + site.relativize(p) + "] expected a link that leads somewhere, got " + link);
        }
      }
    });
    dead.sort(null);
    return dead;
  }

  private static boolean exists(Path page, String link, Map<Path, Set<String>> anchors) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    return Files.isRegularFile(target)
        && (hash < 0 || anchors.getOrDefault(target, Set.of()).contains(link.substring(hash + 1)));
  }

  private static Set<String> ids(String html) {
    Set<String> ids = new HashSet<>();
    for (Matcher m = ID.matcher(html); m.find(); ) {
      ids.add(m.group(1));
    }
    return ids;
  }
}
