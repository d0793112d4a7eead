def copied = new File(basedir, 'consumer/target/dependency')
for (kind in ['sha256sum', 'md5sum']) {
    def sums = copied.list().findAll { it.endsWith('.' + kind) }.sort()
    assert sums.size() == 3
    def check = ([kind, '-c'] + sums).execute(null, copied)
    check.waitForProcessOutput(System.out, System.err)
    assert check.exitValue() == 0
}
def manifest = new groovy.json.JsonSlurper().parse(new File(copied, 'appliance-1.0-image-manifest.json'))
assert manifest.artifacts*.file == ['appliance-1.0.qcow2', 'appliance-1.0.diskdump', 'appliance-1.0-plain.raw']
assert manifest.sbom == 'appliance-1.0-sbom.json'
assert new File(copied, 'appliance-1.0.diskdump.variant').text.contains('appliance-1.0.diskdump')
// the build's own directory keeps the names of the description
assert new File(basedir, 'image/target/image/web-1.0.qcow2').file
def own = ['sha256sum', '-c', 'web-1.0.qcow2.sha256sum'].execute(null, new File(basedir, 'image/target/image'))
own.waitForProcessOutput(System.out, System.err)
assert own.exitValue() == 0

def log = new File(basedir, 'build.log').text
assert log.findAll('Image web is whole').size() == 2
assert new File(basedir, 'consumer/target/image/web-1.0.report.html').text.contains('appliance-1.0.qcow2')
assert log.contains('From appliance-1.0.qcow2 to appliance-1.0-plain.raw: no difference')
assert log.contains('Cannot find the image io.imagewright.it.deployed:appliance:2.0')
// nothing is written among the files of the local repository
def kept = new File(localRepositoryPath, 'io/imagewright/it/deployed/appliance/1.0')
assert !kept.list().any { it.contains('.imagewright-') || it.endsWith('.html') || it.endsWith('.boot.log') }
