def id = 'disk-image-packaging-without-attachments-installs-the-pom'
assert new File(basedir, 'target/image/web-1.0.qcow2').file
for (place in [localRepositoryPath, new File(basedir, 'repository')]) {
    def repository = new File(place, "io/imagewright/it/$id/1.0")
    assert new File(repository, "$id-1.0.pom").file
    assert !repository.list().any { it.contains('qcow2') || it.contains('manifest') || it.contains('disk-image.') }
}
def log = new File(basedir, 'build.log').text
assert log.contains('Not attaching image web, as image.attach is false')
// but for what Maven 4 says of any packaging, and what the test's own repository lacks
def warnings = log.readLines().findAll {
    it.contains('[WARNING]') && !(it =~ /Version not locked|integrity of download|Checksum validation/)
}
assert warnings == []
