def run = { String script ->
    def shell = ['sh', '-euc', 'PATH=$PATH:/usr/sbin:/sbin; ' + script].execute(null, basedir)
    shell.waitForProcessOutput(System.out, System.err)
    assert shell.exitValue() == 0
}
def guest = [makeGuest, new File(basedir, 'disk.raw').path].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
// the guest's second disk is a file system as a whole
new File(basedir, 'fstab').text = '''UUID=11111111-2222-3333-4444-555555555555 / ext4 errors=remount-ro 0 1
/dev/sdb /home ext4 defaults 0 2
'''
run('printf "rm /etc/fstab\\nwrite fstab /etc/fstab\\n" > commands; debugfs -w -f commands "disk.raw?offset=1048576" > debugfs.log 2>&1')
run('mkdir -p home/ann; echo IMAGEWRIGHTSECRETHISTORY > home/ann/.bash_history')
run('truncate -s 48M home.raw; mke2fs -q -F -t ext4 -E root_owner=0:0 -d home home.raw')
run('qemu-img convert -f raw -O qcow2 home.raw home.qcow2; ln -s disk.raw same.raw')
return true
