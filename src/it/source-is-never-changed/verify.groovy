def disk = new File(basedir, 'disk.qcow2')
assert new File(basedir, 'before.sha256').text == ['sha256sum', disk.path].execute().text
assert disk.lastModified() == 1600000000000
assert new File(basedir, 'target/image/web-1.0.raw').file
