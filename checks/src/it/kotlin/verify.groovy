def log = new File(basedir, 'build.log').readLines()
assert log.count { it.contains('predicted ') } == 1
true
