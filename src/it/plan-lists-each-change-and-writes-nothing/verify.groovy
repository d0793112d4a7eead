def log = new File(basedir, 'build.log').text
assert log.contains('/etc/shadow: write ')
assert log =~ /shrink: .*partition \d becomes as small as its content allows/
assert log.contains('files: web-1.0.qcow2')
def plan = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/plan.json'))
def passwords = plan.operations.find { it.name == 'cleanup-passwords' }
assert passwords.changes.find { it.path == '/etc/shadow' && it.change.startsWith('write ') }
assert !plan.operations.find { it.name == 'cleanup-log' }
assert plan.files == ['web-1.0.qcow2']
assert !new File(basedir, 'target/image').exists()
