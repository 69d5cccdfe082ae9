def log = new File(basedir, 'build.log').readLines()
def expect = { String text ->
  def found = log.count { it.contains(text) }
  assert found == 1 : "$text: expected on one line of build.log, found on $found"
}

expect('kernels: simd (')
expect('refused: 400 expected at least one line, got none')
expect('refused: 400 line 1: expected 3 finite numbers, got 2')
expect('refused: 400 line 1: expected 3 finite numbers, got "x"')
expect('refused: 400 line 1: expected 3 finite numbers, got NaN')
expect('refused: 400 line 2: expected 3 finite numbers, got 1')
expect('replies per client: enough')
expect('versions served: several')
expect('versions differ: true')
assert log.count { it.endsWith('wrong replies: 0') } == 1
true
