def log = new File(basedir, 'build.log').text
assert log =~ /Image tiny boots: 'login:' on the serial console after \d+ s \(BIOS, /
assert log.contains("tiny-1.0.qcow2 does not boot: within 5 s there was no sign of 'never' on the serial console")
assert log.contains('tiny login:')
def out = new File(basedir, 'target/image')
assert new File(out, 'tiny-1.0.boot.log').text.contains('tiny login: ')
assert new File(out, 'tiny-1.0.boot.png').bytes[1..3] == 'PNG'.bytes.toList()
// nothing was written to the image, and nothing lies about
def check = ['sha256sum', '-c', 'tiny-1.0.qcow2.sha256sum'].execute(null, out)
check.waitFor()
assert check.exitValue() == 0
assert !out.list().any { it.startsWith('.') }
