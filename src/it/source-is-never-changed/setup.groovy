def guest = [makeGuest, new File(basedir, 'disk.qcow2').path, 'qcow2'].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
def disk = new File(basedir, 'disk.qcow2')
new File(basedir, 'before.sha256').text = ['sha256sum', disk.path].execute().text
assert disk.setLastModified(1600000000000)
assert disk.setReadOnly()
