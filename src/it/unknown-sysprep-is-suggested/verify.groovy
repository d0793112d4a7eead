def log = new File(basedir, 'build.log').text
assert log.contains('cleanup-lgo')
assert log =~ /Did you mean '?cleanup-log'?\?/
assert !log.contains('\tat ')
assert !new File(basedir, 'target/image').list()
