def images = new File(basedir, 'target/image')
def disk = new File(basedir, 'disk.raw').path
def only = { extension -> images.listFiles().find { it.name ==~ /convert-[^\/]*\.$extension/ }.path }
def run = { List<String> words ->
  def process = words.execute()
  process.waitForProcessOutput(System.out, System.err)
  assert process.exitValue() == 0
}
// every byte, what sysprep would remove among them
[qcow2: 'qcow2', vmdk: 'vmdk', vhd: 'vpc'].each { extension, format ->
  run(['qemu-img', 'compare', '-f', 'raw', '-F', format, disk, only(extension)])
}
run(['sh', '-c', 'xz -dc "$0" | cmp - "$1"', only('raw\\.xz'), disk])
assert new File(basedir, 'before.sha256').text == ['sha256sum', disk].execute().text
assert !new File(basedir, 'build.log').text.contains('sysprep')
