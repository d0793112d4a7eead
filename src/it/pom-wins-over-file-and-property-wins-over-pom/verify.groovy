def out = new File(basedir, 'target/image')
assert new File(out, 'web-1.0.raw').file : 'the POM wins over the file'
assert !new File(out, 'web-1.0.qcow2').exists() : 'lists replace'
assert new File(out, 'web-1.0.raw.md5sum').file : 'the property wins over the POM'
assert !new File(out, 'web-1.0.raw.sha256sum').exists()
assert !new File(out, 'web-1.0.raw.sha1sum').exists()
def properties = new groovy.json.JsonSlurper().parse(new File(out, 'web-1.0.image-manifest.json')).properties
assert properties.FILE == 'file'
assert properties.POM == 'pom'
assert properties.BOTH == 'pom'
