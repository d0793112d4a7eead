import groovy.json.JsonSlurper

def out = new File(basedir, 'target/image')
def run = { String... words ->
    def process = (['env', "PATH=${System.getenv('PATH')}:/usr/sbin:/sbin"] + (words as List)).execute(null, out)
    def text = new StringBuffer()
    process.waitForProcessOutput(text, System.err)
    assert process.exitValue() == 0 : words
    text.toString()
}

def table = run('sfdisk', '--dump', 'web-1.0.raw')
assert table.contains('label: dos') && table.contains('type=83, bootable')
run('e2fsck', '-fn', 'web-1.0.raw?offset=1048576')
assert run('debugfs', '-R', 'cat /usr/bin/tool', 'web-1.0.raw?offset=1048576') .trim() == 'kept'
assert run('debugfs', '-R', 'stat /usr/bin/tool', 'web-1.0.raw?offset=1048576') =~ /User: +1000 +Group: +1001/
def fstab = run('debugfs', '-R', 'cat /etc/fstab', 'web-1.0.raw?offset=1048576')
assert fstab ==~ /UUID=[0-9a-f-]{36} \/ ext4 errors=remount-ro 0 1\n/
assert run('tar', '-xOf', 'web-1.0.tar', 'usr/bin/tool') .trim() == 'kept'

def manifest = new JsonSlurper().parse(new File(out, 'web-1.0.image-manifest.json'))
assert manifest.source.format == 'tree'
assert manifest.source.sha256 == run('sha256sum', new File(basedir, 'rootfs.tar.gz').path).split(' ')[0]
