def log = new File(basedir, 'build.log').readLines()
def expect = { String text ->
  def found = log.count { it.contains(text) }
  assert found == 1 : "$text: expected on one line of build.log, found on $found"
}

expect('kernels: simd (')
expect('cells: [gru, gru-original, irnn, lstm, lstm-coupled, lstm-normalized, lstm-peephole, lstm-projected, mgu, rnn]')
expect('outputs: [2, 7, 5]')
expect('read: Halved[times=2]')
['weightInput', 'weightRecurrent', 'bias'].each { expect("gradient of cell.$it: flows") }
true
