def id = 'disk-image-packaging-installs-the-first-format'
def out = new File(basedir, 'target/image')
def expected = [
        '.diskdump': 'web-1.0.diskdump', // the first format of the first image
        '.qcow2': 'web-1.0.qcow2',
        '-db.qcow2': 'db-1.0.qcow2',
        '.diskdump.sha256sum': 'web-1.0.diskdump.sha256sum',
        '.diskdump.meta': 'web-1.0.diskdump.meta',
        '-db.qcow2.sha256sum': 'db-1.0.qcow2.sha256sum',
        '-image-manifest.json': 'web-1.0.image-manifest.json',
        '-db-image-manifest.json': 'db-1.0.image-manifest.json']
// what names files has the names of the repository there, and is the same otherwise
def inRepository = { String text ->
    text.replace('web-1.0.', "$id-1.0.").replace('web-1.0-', "$id-1.0-")
            .replace('db-1.0.', "$id-1.0-db.").replace('db-1.0-', "$id-1.0-db-")
}
for (place in [localRepositoryPath, new File(basedir, 'repository')]) {
    def repository = new File(place, "io/imagewright/it/$id/1.0")
    expected.each { suffix, name ->
        def wanted = inRepository(new File(out, name).getText('ISO-8859-1'))
        assert new File(repository, "$id-1.0$suffix").getText('ISO-8859-1') == wanted : "$suffix in $repository"
    }
    assert new File(repository, "$id-1.0.pom").file
    assert !repository.list().any { it.contains('disk-image.') || it.endsWith('.jar') }
}
// the manifest has the coordinates
def manifest = new groovy.json.JsonSlurper().parse(new File(out, 'web-1.0.image-manifest.json'))
assert manifest.artifacts.collect { [it.format, it.classifier] } == [['diskdump', ''], ['qcow2', '']]
def log = new File(basedir, 'build.log').text
// but for what Maven 4 says of any packaging, and what the test's own repository lacks
def warnings = log.readLines().findAll {
    it.contains('[WARNING]') && !(it =~ /Version not locked|integrity of download|Checksum validation/)
}
assert warnings == []
