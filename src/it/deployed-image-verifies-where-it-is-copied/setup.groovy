def guest = [makeGuest, new File(basedir, 'image/disk.raw').path].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
