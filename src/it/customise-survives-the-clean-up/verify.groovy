def image = new File(basedir, 'target/image/web-1.0.raw')
def debugfs = { String command ->
    def out = new StringBuilder()
    def process = ['sh', '-c', 'PATH=$PATH:/usr/sbin:/sbin; debugfs -R "$1" "$0?offset=1048576"', image.path, command].execute()
    process.waitForProcessOutput(out, new StringBuilder())
    assert process.exitValue() == 0
    out.toString()
}
// all that was asked for is there
def key = new File(basedir, 'keys/ops.pub').text
assert debugfs('cat /root/.ssh/authorized_keys') == key
assert debugfs('stat /root/.ssh/authorized_keys') =~ /Mode:\s+0600/
assert debugfs('stat /root/.ssh') =~ /Mode:\s+0700/
def shadow = debugfs('cat /etc/shadow')
def hash = '$6$imagewright$' + 'S' * 86
assert shadow.contains('ann:' + hash + ':20454:0:99999:7:::\n')
assert debugfs('cat /etc/motd') == '  Welcome\n'
assert debugfs('cat /usr/libexec/imagewright-firstboot/01-hello') == new File(basedir, 'files/hello.sh').text
assert debugfs('stat /etc/systemd/system/multi-user.target.wants/imagewright-firstboot-01-hello.service')
        .contains('/etc/systemd/system/imagewright-firstboot-01-hello.service')
// after the clean-up, not instead of it
assert shadow.contains('root:*:') && !shadow.contains('IMAGEWRIGHTSECRET')
assert !debugfs('ls -p /root').contains('.bash_history')

// logged before and after, but for the secret
def log = new File(basedir, 'build.log').text
assert log.contains('customise[0].sshInject: ') && log.contains('/root/.ssh/authorized_keys: write ')
assert log =~ /customise: .*4 actions|customise .*4 actions/
assert log.contains('hash: "***"') || log.contains("hash: '***'")
def manifest = new File(basedir, 'target/image/web-1.0.image-manifest.json').text
def operations = new groovy.json.JsonSlurper().parseText(manifest).operations
assert operations.findAll { it.name.startsWith('customise[') }*.name ==
        ['customise[0].sshInject', 'customise[1].password', 'customise[2].firstboot', 'customise[3].write']
assert ![log, manifest, new File(basedir, 'target/image/web.build.json').text].any { it.contains('SSSSSSSS') }
