def log = new File(basedir, 'build.log').text
assert log.contains('Skipping image db, as image.filter does not name it')
assert new File(basedir, 'target/image/web-1.0.qcow2').file
assert log.contains("image.filter: there is no image 'wep'. Did you mean web? Images here: web, db.")
