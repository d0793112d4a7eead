import groovy.json.JsonSlurper

def name = 'sbom-lists-the-packages'
def attached = new File(localRepositoryPath, "io/imagewright/it/$name/1.0/$name-1.0-sbom.json")
assert attached.file
def bill = new JsonSlurper().parse(attached)
assert bill.bomFormat == 'CycloneDX'
assert bill.specVersion == '1.6'
assert bill.metadata.timestamp == '2026-01-01T00:00:00Z'
assert bill.metadata.component.name == 'web'
assert bill.components*.type == ['operating-system', 'library']
assert bill.components[0].name == 'debian'
assert bill.components[0].version == '12'
assert bill.components[1].name == 'base-files'
assert bill.components[1].purl == 'pkg:deb/debian/base-files@12.4?distro=debian-12'

def manifest = new JsonSlurper().parse(new File(attached.parentFile, "$name-1.0-image-manifest.json"))
assert manifest.sbom == "$name-1.0-sbom.json".toString()
assert manifest.summary.directories.usr >= 4 << 20
assert manifest.summary.bytes == manifest.summary.directories.values().sum()
assert manifest.operations.find { it.name == 'cleanup-tmp' }.removed.paths == ['/tmp']

// unchanged, it is not made again; switched off, an old one does not stay
def runs = new File(basedir, 'build.log').text.split('Scanning for projects')[1..-1]
assert runs.collect { it.contains('[INFO] Image web is up to date') } == [false, true, false]
assert runs[0].contains('contents: ')
assert !new File(basedir, 'target/image/web-1.0-sbom.json').exists()
assert new JsonSlurper().parse(new File(basedir, 'target/image/web-1.0.image-manifest.json')).sbom == null
