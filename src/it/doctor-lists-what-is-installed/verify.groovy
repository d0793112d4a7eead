def log = new File(basedir, 'build.log').text
assert log =~ /e2fsck +\d+\.\d+/
assert log.contains('Guests on ext2, ext3 and ext4 on plain partitions: engine direct, without root')
assert log =~ /Guests on XFS, btrfs, NTFS, LVM, RAID or LUKS, and Windows: engine libguestfs, in a virtual machine of its own \((KVM|emulation)/
assert log =~ /libguestfs +\d+\.\d+/
assert log.contains('[INFO] Skipping, as image.skip is set')
assert log.contains('[INFO] Skipping, as image.doctor.skip is set')
// -X shows what was run
assert log =~ /\[DEBUG\] e2fsck -V \(exit code 0, \d+ ms\)/
def doctor = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/doctor.json'))
assert doctor.findings.find { it.name == 'libext2fs.so.2' }.found
assert doctor.findings.find { it.name == 'qemu-img' }.version ==~ /\d+\.\d+.*/
