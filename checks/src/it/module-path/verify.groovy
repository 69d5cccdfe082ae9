def log = new File(basedir, 'build.log').readLines()
def expect = { String text -> assert log.count { it.contains(text) } == 1 }

expect('kernels: simd (')
expect('cells: [gru, lstm, rnn]')
expect('outputs: [2, 7, 5]')
['weightInput', 'weightRecurrent', 'bias'].each { expect("gradient of cell.$it: flows") }
true
