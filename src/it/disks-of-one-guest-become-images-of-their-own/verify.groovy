import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
def out = new File(basedir, 'target/image')
def name = 'disks-of-one-guest-become-images-of-their-own'
def repository = new File(localRepositoryPath, "io/imagewright/it/$name/1.0")
for (file in ['web-1.0.raw', 'web-1.0-disk2.raw', 'web-1.0-dump.diskdump', 'web-1.0-dump-disk2.diskdump']) {
    assert new File(out, file).file : file
    assert new File(out, file + '.sha256sum').file : file
    assert ['grep', '-c', 'IMAGEWRIGHTSECRET', new File(out, file).path].execute().text.trim() == '0'
}
for (suffix in ['.raw', '-disk2.raw', '-dump.diskdump', '-dump-disk2.diskdump', '-disk2.raw.sha256sum', '-dump.diskdump.meta',
        '-image-manifest.json']) {
    assert new File(repository, "$name-1.0$suffix").file : suffix
}
// deployment with snf-image knows one disk
assert !new File(out, 'web-1.0-dump-disk2.diskdump.meta').exists()

def manifest = new JsonSlurper().parse(new File(out, 'web-1.0.image-manifest.json'))
assert manifest.source.disks*.format == ['qcow2']
assert manifest.artifacts*.disk == [1, 1, 2, 2]
assert manifest.partitions.collect { [it.disk, it.number] } == [[1, 1], [2, 0]]
assert manifest.properties.ROOT_PARTITION == '1'
def inspection = new JsonSlurper().parse(new File(basedir, 'target/inspection.json'))
assert inspection.disks*.file == ['disk.raw', 'home.qcow2']
assert inspection.mounts == [[point: '/', disk: 1, partition: 1], [point: '/home', disk: 2, partition: 0]]

assert log.contains('nowhere.raw: no such file')
assert log.contains('Cannot take disk 1 and disk 2 for two disks of a guest')
assert !log.contains('\tat ')
