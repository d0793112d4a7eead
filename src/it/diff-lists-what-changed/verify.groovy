def images = new File(basedir, 'target/image')
def json = new groovy.json.JsonSlurper().parse(new File(images, 'old-to-new.diff.json'))
assert json.schema == 'image-diff/v1'
assert json.files.all.added == [files: 1, bytes: 5000]
assert json.files.all.removed == [files: 1, bytes: 4 << 20]
assert json.files.largest.findAll { it.kind == 'added' }*.path == ['/usr/lib/more']
assert json.files.largest.findAll { it.kind == 'touched' }*.path == ['/var/lib/dpkg/status']
assert json.packages.changed == [[kind: 'deb', name: 'base-files', architecture: '', old: '12.4', new: '12.5']]
assert json.packages.added == [] && json.packages.removed == []
assert json.facts == []
assert new File(basedir, 'target/mine.json').bytes == new File(images, 'old-to-new.diff.json').bytes
assert new File(images, 'old-to-new.diff.html').text.contains('/usr/lib/more')
def log = new File(basedir, 'build.log').text
assert log.contains('From old.raw to new.raw:')
assert log.contains('/usr/lib/more: 4.9 KiB, regular')
def disks = ['old', 'new'].collect { new File(basedir, it + '.raw').path }
assert new File(basedir, 'before.sha256').text == (['sha256sum'] + disks).execute().text
