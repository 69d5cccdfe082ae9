package dev.unroll.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NavigationTest {
  private static final Page A = Page.of("docs/a.md", "# A");
  private static final Page KOREAN = Page.of("docs/guide.ko/a.md", "# 가");

  private static Page index(String list) {
    return Page.of("docs/README.md", "# Documentation\n\n[a](a.md)\n\n" + list);
  }

  @Test
  void itIsTheListOfTheIndex() {
    Page top = Page.of("README.md", "# Top");
    Page index =
        index("## Start\n\n- [Top](../README.md): b, [a](a.md)\n\n## Rest\n\n- [A](a.md)\n");
    Navigation navigation = Navigation.of(List.of(A, KOREAN, top, index));
    assertThat(navigation.groups())
        .containsExactly(
            new Navigation.Group("Start", List.of("README.md")),
            new Navigation.Group("Rest", List.of("docs/a.md")));
  }

  @Test
  void pagesThatAreMissingTwiceThereOrDeadAreRefused() {
    String message =
        "[docs/README.md] expected a link to every page, once, got none, several or dead ones for ";
    assertThatThrownBy(() -> Navigation.of(List.of(A, index("## B\n"))))
        .hasMessage(message + "[docs/a.md]");
    assertThatThrownBy(() -> Navigation.of(List.of(A, index("## B\n- [A](a.md)\n- [A](a.md)\n"))))
        .hasMessage(message + "[docs/a.md]");
    assertThatThrownBy(() -> Navigation.of(List.of(A, index("## B\n- [A](a.md)\n- [C](c.md)\n"))))
        .hasMessage(message + "[docs/c.md]");
    assertThatThrownBy(() -> Navigation.of(List.of(A)))
        .hasMessage("[site] expected the list of pages in docs/README.md, got none");
  }
}
