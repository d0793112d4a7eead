def messages = new File(basedir, 'messages.txt').readLines().collect { new groovy.json.JsonSlurper().parseText(it) }
assert messages.any { it.type == 'image-copy-progress' || it.type == 'copy-progress' }
assert messages.any { it.subtype == 'task-start' }
assert messages.any { it.subtype == 'task-end' }
