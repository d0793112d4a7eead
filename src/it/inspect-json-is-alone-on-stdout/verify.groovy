// the invoker's own lines tell of scripts; Debian's Maven resets the colours of the terminal, also where there is none
def log = new File(basedir, 'build.log').readLines()*.replace('\u001b[0m', '').findAll { !it.contains('script:') }.join('\n')
def json = new groovy.json.JsonSlurper().parseText(log)
assert json == new groovy.json.JsonSlurper().parse(new File(basedir, 'target/inspection.json'))
assert json.name == 'web'
assert json.osFamily == 'linux'
assert json.distribution == 'debian'
assert json.mounts*.point == ['/']
assert !json.operations.find { it.name == 'cleanup-log' }.enabled
assert json.operations.find { it.name == 'cleanup-tmp' }.enabled
assert !new File(basedir, 'target/image').list()
