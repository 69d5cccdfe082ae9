package dev.unroll.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser shows every page without scrolling it sideways, and finds what is searched for. */
class WidthTest {
  private static final Pattern RESULT = Pattern.compile("<p class=\"result\">([^<]*)</p>");

  /** Pages in frames, since the window of a browser may have a least width. */
  private static final String FRAMES =
      """
      <!DOCTYPE html>
      <body><script>
      const pages = [PAGES];
      const queries = ["lstm", "은닉 상태", "xyzzyx"];
      const report = text => {
        const line = document.createElement("p");
        line.className = "result";
        line.textContent = text;
        document.body.append(line);
      };
      const show = (page, width, then) => new Promise(done => {
        const frame = document.createElement("iframe");
        frame.style.cssText = `border:0;width:${width}px;height:700px`;
        frame.onload = async () => {
          await then(frame.contentDocument);
          frame.remove();
          done();
        };
        frame.src = page;
        document.body.append(frame);
      });
      const found = async document => {
        let first = null;
        while (first === null) {
          await new Promise(done => setTimeout(done, 20));
          first = document.querySelector(".results a, .results p");
        }
        return first.getAttribute("href") ?? first.textContent;
      };
      (async () => {
        await Promise.all(pages.map(page => show(page, 360,
          async d => report(`${page} ${d.documentElement.scrollWidth}`))));
        for (const query of queries) {
          await show("index.html?q=" + encodeURIComponent(query), 1400,
            async d => report(`${query}: ${await found(d)}`));
        }
        report("end");
      })();
      </script></body>
      """;

  @TempDir private static Path folder;

  private static Path browser() {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
            .flatMap(p ->
                Stream.of("chromium", "chromium-browser", "google-chrome").map(n -> Path.of(p, n)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no Chromium on the PATH");
    return found.orElseThrow();
  }

  /** Returns the document of a page after its scripts have run. */
  private static String open(Path browser, String url) throws Exception {
    Path dom = Files.createTempFile(folder, "dom", ".html");
    List<String> command =
        List.of(
            browser.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
            "--user-data-dir=" + folder.resolve("profile"),
            "--window-size=1500,800",
            "--virtual-time-budget=60000",
            "--dump-dom",
            url);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    assertThat(ended).as("the browser ends").isTrue();
    return Files.readString(dom);
  }

  @Test
  void noPageScrollsSidewaysAndTheSearchFinds() throws Exception {
    Path browser = browser();
    Site site = Site.of(SiteTest.ROOT, Reference.none());
    Path out = folder.resolve("site");
    site.write(out);
    String pages =
        site.pages().stream().map(p -> '"' + p.target() + '"').collect(Collectors.joining(","));
    Files.writeString(out.resolve("frames.html"), FRAMES.replace("PAGES", pages));

    String dom = open(browser, out.resolve("frames.html").toUri().toString());
    List<String> results = new ArrayList<>();
    for (Matcher m = RESULT.matcher(dom); m.find(); ) {
      results.add(m.group(1));
    }
    int widths = site.pages().size();
    assertThat(results).hasSizeGreaterThan(widths);
    assertThat(results.subList(0, widths)).allMatch(line -> line.endsWith(" 360"));
    assertThat(results.subList(widths, results.size()))
        .containsExactly(
            "lstm: docs/guide/lstm.html",
            "은닉 상태: docs/guide.ko/cell.html",
            "xyzzyx: Nothing found",
            "end");
  }
}
