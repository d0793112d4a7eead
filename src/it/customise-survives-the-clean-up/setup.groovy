def run = { String... command ->
    def process = command.execute()
    process.waitForProcessOutput(System.out, System.err)
    assert process.exitValue() == 0
}
def disk = new File(basedir, 'disk.raw').path
run(makeGuest.toString(), disk)
// scripts for the first boot need systemd
run('sh', '-c', 'PATH=$PATH:/usr/sbin:/sbin; debugfs -w -R "mkdir /usr/lib/systemd" "$0?offset=1048576"', disk)
run('sh', '-c', 'PATH=$PATH:/usr/sbin:/sbin; debugfs -w -R "write /dev/null /usr/lib/systemd/systemd" "$0?offset=1048576"', disk)
