def log = new File(basedir, 'build.log').readLines()
def expect = { String text ->
  def found = log.count { it.contains(text) }
  assert found == 1 : "$text: expected on one line of build.log, found on $found"
}

expect('kernels: simd (')
expect('loss: falls')
expect('read: ModelFile[LanguageModel, parts [words]]')
expect('loaded model: same loss')
true
