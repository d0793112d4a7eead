def id = 'disk-image-packaging-without-attachments-installs-the-pom'
assert new File(basedir, 'target/image/web-1.0.qcow2').file
for (place in [localRepositoryPath, new File(basedir, 'repository')]) {
    def repository = new File(place, "io/imagewright/it/$id/1.0")
    assert new File(repository, "$id-1.0.pom").file
    assert !repository.list().any { it.contains('qcow2') || it.contains('manifest') || it.contains('disk-image.') }
}
def log = new File(basedir, 'build.log').text
assert log.contains('Not attaching image web, as image.attach is false')
// no version is missing, nothing is deprecated; what the test's own repository lacks is not meant
assert !log.readLines().any { it.contains('[WARNING]') && !(it =~ /integrity of download|Checksum validation/) }
