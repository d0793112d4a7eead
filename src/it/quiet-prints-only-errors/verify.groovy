// what the invoker itself writes around the build begins with a hash or is its own [INFO]
def lines = new File(basedir, 'build.log').readLines()
assert lines.findAll { it && !it.startsWith('#') && !it.contains('script') } == []
assert new File(basedir, 'target/image/web-1.0.qcow2').file
