package dev.unroll.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * The pages in reading order: docs/README.md is the list, a heading of it begins a group, and each
 * item leads to the page of its first link.
 *
 * @param groups the groups
 */
record Navigation(List<Group> groups) {
  static final String INDEX = "docs/README.md";

  /**
   * Pages under a heading.
   *
   * @param title the heading
   * @param sources the paths of the pages in the repository
   */
  record Group(String title, List<String> sources) {}

  /** Reads the list, which must name every page but translations, once. */
  static Navigation of(List<Page> pages) {
    Map<String, Page> bySource = new HashMap<>();
    pages.forEach(p -> bySource.put(p.source(), p));
    Page index = bySource.get(INDEX);
    if (index == null) {
      throw new IllegalArgumentException(
          "[site] expected the list of pages in " + INDEX + ", got none");
    }
    Navigation navigation = new Navigation(groups(index));
    List<String> listed = navigation.sources();
    List<String> wrong = new ArrayList<>(listed);
    wrong.removeAll(bySource.keySet());
    pages.stream()
        .filter(p -> p.language().equals("en") && !p.equals(index))
        .filter(p ->
            listed.indexOf(p.source()) != listed.lastIndexOf(p.source())
                || !listed.contains(p.source()))
        .forEach(p -> wrong.add(p.source()));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "["
              + INDEX
              + "] expected a link to every page, once, got none, several or dead ones for "
              + wrong);
    }
    return navigation;
  }

  private static List<Group> groups(Page index) {
    List<Group> groups = new ArrayList<>();
    index
        .parse()
        .accept(
            new AbstractVisitor() {
              private List<String> sources = new ArrayList<>();

              @Override
              public void visit(Heading heading) {
                if (heading.getLevel() == 2) {
                  sources = new ArrayList<>();
                  groups.add(new Group(Texts.of(heading), sources));
                }
              }

              @Override
              public void visit(ListItem item) {
                Link link = firstLink(item);
                if (link != null) {
                  sources.add(Links.resolve(index, link.getDestination()));
                }
              }
            });
    return groups;
  }

  private static @Nullable Link firstLink(Node item) {
    Node text = item.getFirstChild();
    for (Node n = text == null ? null : text.getFirstChild(); n != null; n = n.getNext()) {
      if (n instanceof Link link) {
        return link;
      }
    }
    return null;
  }

  /** Returns the sources of all pages in order. */
  List<String> sources() {
    return groups.stream().flatMap(g -> g.sources().stream()).toList();
  }
}
