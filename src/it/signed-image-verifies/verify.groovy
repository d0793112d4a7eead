def home = new File(basedir, 'gpg-home').text
def run = { String... words ->
    def process = words.toList().execute()
    process.waitForProcessOutput(System.out, System.err)
    process.exitValue()
}
def repository = new File(localRepositoryPath, 'io/imagewright/it/signed-image-verifies/1.0')
['.qcow2', '-plain.raw', '-image-manifest.json', '-sbom.json'].each {
    def file = new File(repository, "signed-image-verifies-1.0$it").path
    assert run('gpg', '--homedir', home, '--batch', '--verify', "${file}.asc".toString(), file) == 0
}
assert run('gpgconf', '--homedir', home, '--kill', 'all') == 0
new File(home).deleteDir()
def log = new File(basedir, 'build.log').text
assert log =~ /Image web is whole: .*; signed by [0-9A-F]{40}/
assert log.contains('and not by a key that is required')
assert !log.contains('open sesame')
