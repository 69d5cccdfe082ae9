package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** One list of what is published. */
class BomTest {
  @Test
  void theBomListsEveryPublishedModule() throws Exception {
    Set<String> folders = texts("pom.xml", "module");
    folders.removeAll(Modules.NO_LIBRARIES);
    folders.remove("bom");
    Set<String> listed = texts("bom/pom.xml", "artifactId");
    listed.remove("unroll-bom");
    assertThat(listed).isEqualTo(Modules.sorted(folders.stream().map(f -> "unroll-" + f)));
  }

  private static Set<String> texts(String pom, String tag) throws Exception {
    Path file = Modules.ROOT.resolve(pom);
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName(tag);
    return Modules.sorted(
        IntStream.range(0, found.getLength()).mapToObj(i -> found.item(i).getTextContent()));
  }
}
