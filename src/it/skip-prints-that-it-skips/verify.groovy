assert new File(basedir, 'build.log').text.contains('[INFO] Skipping, as image.skip is set')
assert !new File(basedir, 'target/image').exists()
