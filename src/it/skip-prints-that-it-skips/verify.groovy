def log = new File(basedir, 'build.log').text
assert log.contains('[INFO] Skipping, as image.skip is set')
assert log.contains('[INFO] Skipping, as image.build.skip is set')
assert !new File(basedir, 'target/image').exists()
