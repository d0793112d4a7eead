def guest = [makeGuest, new File(basedir, 'disk.raw').path].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
// short, as the sockets of gpg's agent lie there
def home = java.nio.file.Files.createTempDirectory(java.nio.file.Path.of('/tmp'), 'gpg').toFile()
def key = ['gpg', '--homedir', home.path, '--batch', '--pinentry-mode', 'loopback', '--passphrase', 'open sesame',
        '--quick-generate-key', 'Test <test@example.org>', 'ed25519', 'sign', 'never'].execute()
key.waitForProcessOutput(System.out, System.err)
assert key.exitValue() == 0
def keys = ['gpg', '--homedir', home.path, '--batch', '--with-colons', '--list-keys'].execute().text
def fingerprint = keys.readLines().find { it.startsWith('fpr') }.split(':')[9]
new File(basedir, 'gpg-home').text = home.path
def pom = new File(basedir, 'pom.xml')
pom.text = pom.text.replace('GPG_HOME', home.path).replace('FINGERPRINT', fingerprint)
return true
