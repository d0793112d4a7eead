assert new File(basedir, 'target/image/web-1.0.raw').file
assert new File(basedir, 'target/image/web-1.0.raw.sha256sum').file
assert new File(basedir, 'target/image/web-1.0.image-manifest.json').file
def properties = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/image/web-1.0.image-manifest.json')).properties
assert properties.BUILT_FROM == 'reads-descriptions-from-src-main-image 1.0'
assert properties.LITERAL == '${project.version}'
assert properties.HOME == System.getenv('HOME')
