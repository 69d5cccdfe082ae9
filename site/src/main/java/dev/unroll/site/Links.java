package dev.unroll.site;

import java.net.URI;

/** Links between Markdown pages as links between pages of the site. */
final class Links {
  private Links() {}

  /** Returns the destination in the site of a link of a page. */
  static String inSite(Page page, String destination) {
    if (destination.startsWith("#") || destination.matches("[a-z][a-z0-9+.-]*:.*")) {
      return destination;
    }
    int hash = destination.indexOf('#');
    String path = hash < 0 ? destination : destination.substring(0, hash);
    String anchor = hash < 0 ? "" : destination.substring(hash);
    return page.linkTo(Page.target(resolve(page, path))) + anchor;
  }

  /** Returns the path in the repository that a page refers to; that of a folder is its README. */
  static String resolve(Page page, String path) {
    String source = URI.create("/" + page.source()).resolve(path).getPath().substring(1);
    boolean folder =
        source.isEmpty()
            || source.endsWith("/")
            || !source.substring(source.lastIndexOf('/') + 1).matches("LICENSE|.*\\.[a-z]+");
    return folder ? source.replaceFirst("([^/])$", "$1/") + "README.md" : source;
  }
}
