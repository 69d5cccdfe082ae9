package dev.unroll.examples.names;

import dev.unroll.examples.classify.Labelled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of countries and languages in sixteen languages, from the JDK's locale data. Names shared
 * by several languages are dropped as ambiguous.
 */
final class JdkNames {
  private static final List<String> LANGUAGES =
      List.of(
          "en", "de", "fr", "es", "it", "nl", "sv", "pl", "cs", "hu", "fi", "tr", "ro", "lt", "vi",
          "id");

  private JdkNames() {}

  static List<Labelled> all() {
    List<Labelled> names = new ArrayList<>();
    Map<String, Integer> languages = new HashMap<>();
    for (String language : LANGUAGES) {
      Locale in = Locale.of(language);
      Set<String> own = new HashSet<>();
      for (String country : Locale.getISOCountries()) {
        own.add(Locale.of("", country).getDisplayCountry(in));
      }
      for (String code : Locale.getISOLanguages()) {
        own.add(Locale.of(code).getDisplayLanguage(in));
      }
      own.removeIf(name -> name.length() < 4);
      own.stream()
          .sorted()
          .forEach(name -> {
            names.add(new Labelled(name, in.getDisplayLanguage(Locale.ENGLISH)));
            languages.merge(name, 1, Integer::sum);
          });
    }
    names.removeIf(n -> languages.getOrDefault(n.text(), 0) > 1);
    return names;
  }
}
