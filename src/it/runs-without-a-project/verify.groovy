def images = new File(basedir, 'target/image').list()
assert images.any { it ==~ /disk-.*\.raw/ }
assert images.any { it ==~ /disk-.*\.raw\.sha256sum/ }
// the source lies beside and is as it was
def again = new File(basedir, 'again.raw')
[makeGuest, again.path].execute().waitFor()
assert ['cmp', again.path, new File(basedir, 'disk.raw').path].execute().waitFor() == 0
