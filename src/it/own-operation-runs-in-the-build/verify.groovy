def json = new groovy.json.JsonSlurper()
def image = new File(basedir, 'own-operation/image')

def manifest = json.parse(new File(image, 'target/image/web-1.0.image-manifest.json'))
assert manifest.operations.find { it.name == 'set-motd' } == [name: 'set-motd', changes: 1, bytes: 0]
// what the image was made with lists the jar
assert manifest.tools['com.example.images.SetMotd'] ==~ /sha256:[0-9a-f]{64}/

def inspection = json.parse(new File(image, 'target/inspection.json'))
def operation = inspection.operations.find { it.name == 'set-motd' }
assert operation.enabled && operation.description == 'Sets the message of the day.'
def parameter = inspection.parameters.find { it.name == 'motd_text' }
assert parameter.value == 'Web front end'

def plan = json.parse(new File(image, 'target/plan.json'))
assert plan.operations.find { it.name == 'set-motd' }.changes == [[path: '/etc/motd', change: 'write 14 bytes', diff: ['+Web front end']]]

// it did
def disk = new File(image, 'target/disk.raw')
def convert = ['qemu-img', 'convert', '-O', 'raw', new File(image, 'target/image/web-1.0.qcow2').path, disk.path].execute()
convert.waitForProcessOutput(System.out, System.err)
assert convert.exitValue() == 0
def debugfs = ['/sbin/debugfs', '/usr/sbin/debugfs'].find { new File(it).canExecute() }
assert [debugfs, '-R', 'cat /etc/motd', "$disk?offset=1048576"].execute().text == 'Web front end\n'
assert new File(basedir, 'build.log').text.contains('Tests run: 4, Failures: 0')
