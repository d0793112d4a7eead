def messages = new File(basedir, 'messages.txt').readLines().collect { new groovy.json.JsonSlurper().parseText(it) }
// exactly the types and members of snf-image's Progress Monitoring Interface
def members = ['image-info': ['messages'], 'image-copy-progress': ['position', 'total', 'progress'],
        'image-helper/task-start': ['subtype', 'task'], 'image-helper/task-end': ['subtype', 'task'],
        'image-helper/warning': ['subtype', 'messages']]
def kinds = messages.collect { it.subtype ? "$it.type/$it.subtype".toString() : it.type }
messages.eachWithIndex { message, i ->
    assert members[kinds[i]] : message
    assert message.keySet() == (['type', 'timestamp'] + members[kinds[i]]) as Set : message
    assert message.timestamp instanceof Number
}
assert kinds.containsAll(['image-copy-progress', 'image-helper/task-start', 'image-helper/task-end'])
def last = messages.findAll { it.type == 'image-copy-progress' }.last()
assert last.position == last.total && last.progress == 100
def tasks = { subtype -> messages.findAll { it.subtype == subtype }*.task }
assert tasks('task-start') == tasks('task-end')
assert tasks('task-start').containsAll(['copy', 'check', 'sysprep', 'write'])
