def tree = new File(basedir, 'rootfs')
new File(tree, 'etc').mkdirs()
new File(tree, 'usr/bin').mkdirs()
new File(tree, 'etc/os-release').text = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12"\n'
new File(tree, 'etc/fstab').text = 'UUID=of-another-disk / ext4 defaults 0 1\n'
new File(tree, 'usr/bin/tool').text = 'kept'
def tar = ['tar', '-czf', 'rootfs.tar.gz', '--owner=1000', '--group=1001', '-C', 'rootfs', '.'].execute(null, basedir)
tar.waitForProcessOutput(System.out, System.err)
assert tar.exitValue() == 0
tree.deleteDir()
