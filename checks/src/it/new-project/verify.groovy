def log = new File(basedir, 'build.log').readLines()
def expect = { String text ->
  def found = log.count { it.contains(text) }
  assert found == 1 : "$text: expected on one line of build.log, found on $found"
}

expect('kernels: simd (')
assert log.count { it.startsWith('fast ') } == 1
true
