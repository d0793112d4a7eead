def out = new File(basedir, 'target/image')
def repository = new File(localRepositoryPath, 'io/imagewright/it/builds-and-attaches-by-type-and-classifier/1.0')
def attached = { new File(repository, "builds-and-attaches-by-type-and-classifier-1.0$it") }

for (name in ['web-1.0.qcow2', 'web-1.0-dump.diskdump', 'web-1.0.raw']) {
    def image = new File(out, name)
    assert image.file
    def sidecar = new File(out, name + '.sha256sum').text
    def digest = ['sha256sum', image.path].execute().text.split(' ')[0]
    assert sidecar == "$digest  $name\n"
    def check = ['md5sum', '-c', name + '.md5sum'].execute(null, out)
    check.waitFor()
    assert check.exitValue() == 0
}
for (suffix in ['.qcow2', '-dump.diskdump', '.raw', '.qcow2.sha256sum', '.qcow2.md5sum', '-dump.diskdump.sha256sum',
        '-image-manifest.json', '-sbom.json']) {
    assert attached(suffix).file : suffix
}
assert attached('.qcow2').bytes == new File(out, 'web-1.0.qcow2').bytes
// what a run was like stays at home
assert new File(out, 'web.build.json').file
assert !repository.list().any { it.contains('build.json') }

def check = ['qemu-img', 'check', new File(out, 'web-1.0.qcow2').path].execute()
check.waitFor()
assert check.exitValue() == 0
assert ['grep', '-c', 'IMAGEWRIGHTSECRET', new File(out, 'web-1.0.raw').path].execute().text.trim() == '0'

// an image names the version that made it
def manifest = new groovy.json.JsonSlurper().parse(new File(out, 'web-1.0.image-manifest.json'))
assert manifest.tools.imagewright ==~ /\d+\.\d+\.\d+.*/
