def log = new File(basedir, 'build.log').text
assert log.contains('image:build')
assert log.contains('Output formats, separated by commas')
assert log.contains('User property: image.formats')
