def log = new File(basedir, 'build.log').text
assert log.count('Image web is whole: web-1.0.qcow2') == 2
def image = new File(basedir, 'target/image/web-1.0.qcow2')
def digest = { String algorithm -> java.security.MessageDigest.getInstance(algorithm).digest(image.bytes).encodeHex().toString() }
assert new File("${image}.sha512sum").text == "${digest('SHA-512')}  web-1.0.qcow2\n"
def manifest = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/image/web-1.0.image-manifest.json'))
assert manifest.artifacts[0].sha256 == digest('SHA-256')
assert manifest.artifacts[0].sha512 == digest('SHA-512')

// a missing or altered file beside the image is a finding
new File(basedir, 'settings.xml').text = new File("$projects/settings.xml").text.replace('@localRepositoryUrl@', 'file:///nowhere')
def verify = {
    def maven = ["$mavenHome/bin/mvn", '-B', '-o', '-s', 'settings.xml', "-Dmaven.repo.local=$localRepositoryPath",
            'image:verify']*.toString().execute(null, basedir)
    def output = new StringBuilder()
    maven.waitForProcessOutput(output, output)
    assert maven.exitValue() == (output.contains('is whole') ? 0 : 1)
    output.toString()
}
def sidecar = new File("${image}.sha512sum")
def text = sidecar.text
assert sidecar.delete()
assert verify().contains('web-1.0.qcow2.sha512sum is missing')
sidecar.text = text.replace('web-1.0', 'web-2.0')
assert verify().contains('web-1.0.qcow2.sha512sum speaks of another file')
sidecar.text = text
assert verify().contains('Image web is whole')
