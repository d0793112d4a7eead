def log = new File(basedir, 'build.log').text
assert log.contains('base/no-such-disk.qcow2')
assert log =~ /(?i)no such file|does not exist/
assert !log.contains('\tat ')
assert !new File(basedir, 'target/image').list()
