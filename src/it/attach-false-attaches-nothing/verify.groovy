assert new File(basedir, 'target/image/web-1.0.qcow2').file
def repository = new File(localRepositoryPath, 'io/imagewright/it/attach-false-attaches-nothing/1.0')
assert !repository.list().any { it.contains('qcow2') || it.contains('manifest') }
assert new File(basedir, 'build.log').text.contains('Not attaching image web, as image.attach is false')
