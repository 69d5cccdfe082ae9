// Five programs of fewer than 40 lines each train, save, load in another process, predict and stream.
String log = new File(basedir, "build.log").text
[
  "sensors: worn", "reviews: positive", "  negative", "sales: [", "tags: [DET, ADJ, NOUN, VERB, DET, NOUN]",
  "  light NOUN", "numbers: vier drei zwei eins", "[sechs]"
].each { assert log.contains(it): "expected \"" + it + "\" in the log" }
new File(basedir, "src/main/java/programs").eachFile { assert it.readLines().size() < 40: it.name }
true
