def images = new File(basedir, 'target/image').list()
assert images.any { it ==~ /disk-.*\.raw/ }
assert images.any { it ==~ /disk-.*\.raw\.sha256sum/ }
// the source lies beside and is as it was
assert new File(basedir, 'before.sha256').text == ['sha256sum', new File(basedir, 'disk.raw').path].execute().text
