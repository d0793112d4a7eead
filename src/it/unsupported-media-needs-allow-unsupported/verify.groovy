import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
assert log.contains('Unable to detect any operating system on the media')
assert log.contains('or set -Dimage.allowUnsupported=true to take the medium as it is')
assert log.contains('Media is not supported. Reason: Unable to detect any operating system on the media')
assert log.contains('shrink: Shrinking is disabled for unsupported images')
assert !log.contains('\tat ')
// every byte of the medium
def image = new File(basedir, 'target/image/web-1.0.raw')
assert image.bytes == new File(basedir, 'disk.raw').bytes
def manifest = new JsonSlurper().parse(new File(basedir, 'target/image/web-1.0.image-manifest.json'))
assert manifest.properties.UNSUPPORTED == 'Unable to detect any operating system on the media.'
assert manifest.properties.EXCLUDE_ALL_TASKS == 'yes'
assert manifest.operations.every { it.changes == 0 }
def inspection = new JsonSlurper().parse(new File(basedir, 'target/inspection.json'))
assert inspection.properties == manifest.properties
