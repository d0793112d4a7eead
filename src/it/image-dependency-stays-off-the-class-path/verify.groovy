def image = new File(basedir, 'image/target/image/image-1.0.qcow2')
for (consumer in ['consumer', 'knowing-consumer']) {
    assert new File(basedir, "$consumer/target/dependency/image-1.0.qcow2").bytes == image.bytes
}
// each run of the compiler prints the class path that it was given
def paths = new File(basedir, 'build.log').readLines().findAll { it.contains('(f) compilePath = ') }
assert paths.size() == 4
assert paths.every { it.contains('/target/classes') && !it.contains('qcow2') }
