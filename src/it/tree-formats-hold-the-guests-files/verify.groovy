import groovy.json.JsonSlurper

def out = new File(basedir, 'target/image')
def run = { String... words ->
    def process = (['env', "PATH=${System.getenv('PATH')}:/usr/sbin:/sbin"] + (words as List)).execute(null, out)
    def text = new StringBuffer()
    process.waitForProcessOutput(text, System.err)
    assert process.exitValue() == 0 : words
    text.toString()
}

// the files of the finished disk, as debugfs sees them, are those of the tar and of the squashfs
run('sh', '-c', 'dd if=web-1.0.raw of=fs.img bs=1M skip=1 conv=sparse status=none && mkdir files && debugfs -R "rdump / files" fs.img 2> rdump.log')
def expected = run('sh', '-c', "cd files && find . -mindepth 1 -printf '%P %s\\n' | LC_ALL=C sort").readLines()
def sizes = { String listing, int name ->
    listing.readLines().collect { it.split(' +', name + 1) }.findAll { !it[0].startsWith('d') }
            .collect { "${it[name].replaceFirst('^(squashfs-root|[.])/', '')} ${it[2]}".toString() }.findAll { !it.contains(' -> ') }.sort()
}
def plain = expected.findAll { new File(out, 'files/' + it.substring(0, it.lastIndexOf(' '))).file }.findAll {
    !java.nio.file.Files.isSymbolicLink(new File(out, 'files/' + it.substring(0, it.lastIndexOf(' '))).toPath())
}.sort()
assert plain.size() > 5
assert sizes(run('tar', '--numeric-owner', '-tvf', 'web-1.0.tar'), 5) == plain
assert sizes(run('unsquashfs', '-n', '-lln', 'web-1.0.squashfs'), 5) == plain
run('sh', '-c', '! tar -xOf web-1.0.tar | grep -q IMAGEWRIGHTSECRET')

// one tar in all of them
run('sh', '-c', 'gzip -dc web-1.0.tgz | cmp - web-1.0.tar')
run('sh', '-c', 'zstd -dc web-1.0.tar.zst | cmp - web-1.0.tar')
def digest = 'sha256:' + run('sha256sum', 'web-1.0.tar').split(' ')[0]
def config = { String image -> new JsonSlurper().parseText(run('skopeo', 'inspect', '--config', image)) }
def oci = config('oci-archive:web-1.0.oci.tar:ops/web:1.0')
assert oci.rootfs.diff_ids == [digest]
assert oci.config.Cmd == ['/bin/sh']
assert oci.created == '2026-01-01T00:00:00Z'
assert config('docker-archive:web-1.0.docker.tar:web:1.0').rootfs.diff_ids == [digest]
assert config('oci-archive:web-1.0.containerdisk.tar:web:1.0').os == 'linux'

def repository = new File(localRepositoryPath, 'io/imagewright/it/tree-formats-hold-the-guests-files/1.0')
for (type in ['tar', 'tgz', 'tar.zst', 'squashfs', 'oci.tar', 'docker.tar', 'containerdisk.tar']) {
    assert new File(repository, "tree-formats-hold-the-guests-files-1.0.$type").file : type
}
