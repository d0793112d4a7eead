def log = new File(basedir, 'build.log').text
def share = "share (${new File(basedir, 'store').canonicalPath})"
assert log.count("web 1.0: would be published to $share: ") == 1
assert log.count("web 1.0: published to $share: ") == 1
assert log.count("web 1.0: nothing to send to $share, which has the same files") == 1

def store = new File(basedir, 'store/web')
def image = new File(basedir, 'target/image/web-1.0.qcow2')
assert new File(store, '1.0/web-1.0.qcow2').bytes == image.bytes
assert java.nio.file.Files.readSymbolicLink(new File(store, 'latest').toPath()) as String == '1.0'
assert new File(basedir, 'fetched/web-1.0.qcow2').bytes == image.bytes
assert log.count('Image web is whole: web-1.0.qcow2') == 1
// a build publishes nothing by itself, and nothing is left unfinished
assert store.list().sort() == ['.lock', '1.0', 'latest']
