def log = new File(basedir, 'build.log').text
assert log.count('Image web is whole: web-1.0.qcow2') == 2
def image = new File(basedir, 'target/image/web-1.0.qcow2')
def digest = { String algorithm -> java.security.MessageDigest.getInstance(algorithm).digest(image.bytes).encodeHex().toString() }
assert new File("${image}.sha512sum").text == "${digest('SHA-512')}  web-1.0.qcow2\n"
def manifest = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/image/web-1.0.image-manifest.json'))
assert manifest.artifacts[0].sha256 == digest('SHA-256')
assert manifest.artifacts[0].sha512 == digest('SHA-512')
