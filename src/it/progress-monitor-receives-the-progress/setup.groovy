def guest = [makeGuest, new File(basedir, 'disk.raw').path].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
new File(basedir, 'monitor.sh').executable = true
