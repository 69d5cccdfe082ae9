def log = new File(basedir, 'build.log').readLines()
assert log.count { it.contains('bean predicts the same: true') } == 1
true
