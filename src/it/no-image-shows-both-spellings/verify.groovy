def log = new File(basedir, 'build.log').text
assert log.contains('No image to work on')
assert log.contains('source: { media: base/debian-12.qcow2 }')
assert log.contains('<images><image><name>web</name>')
assert log.contains('-Dimage.source=disk.qcow2')
assert !log.contains('\tat ')
assert !new File(basedir, 'target/image').list()
