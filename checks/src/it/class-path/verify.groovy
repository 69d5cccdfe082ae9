def log = new File(basedir, 'build.log').readLines()
def expect = { String text ->
  def found = log.count { it.contains(text) }
  assert found == 1 : "$text: expected on one line of build.log, found on $found"
}

expect('kernels: scalar, ')
expect('INFO dev.unroll')
expect('simd is not available')
expect('loss: falls')
expect('read: ModelFile[LanguageModel, parts [words]]')
expect('loaded model: same loss')
assert new File(basedir, 'target/model.safetensors').length() > 0
true
