def log = new File(basedir, 'build.log').readLines()*.replace('[INFO] ', '')
[ 'name: web', '  media: disk.raw', '  - cleanup-log', 'engine: auto', '- type: raw', '- sha256' ].each { expected ->
    assert log.any { it == expected || it.trim() == expected.trim() } : expected
}
def effective = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/effective.json'))
assert effective.source.media == 'disk.raw'
assert effective.sysprep.disable == ['cleanup-log']
assert effective.shrink == [slack: 8388608, minimumFree: "auto"]
assert effective.formats == [[type: 'qcow2', options: [:]]]
