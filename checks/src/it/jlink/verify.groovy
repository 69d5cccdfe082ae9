def log = new File(basedir, 'build.log').readLines()
def expect = { String text ->
  def found = log.count { it.contains(text) }
  assert found == 1 : "$text: expected on one line of build.log, found on $found"
}

expect('kernels: simd (')
expect('predicted: ')
def bytes = 0
new File(basedir, 'target/image').eachFileRecurse { bytes += it.length() }
assert bytes < 100_000_000 : "the image has $bytes bytes"
true
