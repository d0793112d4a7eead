def log = new File(basedir, 'build.log').text
assert log =~ /e2fsck +\d+\.\d+/
assert log.contains('engine direct, without root')
def doctor = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/doctor.json'))
assert doctor.findings.find { it.name == 'libext2fs.so.2' }.found
assert doctor.findings.find { it.name == 'qemu-img' }.version ==~ /\d+\.\d+.*/
