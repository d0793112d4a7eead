def out = new File(basedir, 'target/image').canonicalFile
def log = new File(basedir, 'build.log').text
assert log.contains("Cannot attach $out/db-1.0.qcow2 as io.imagewright.it:${basedir.name}:qcow2: " +
        "these coordinates are those of $out/web-1.0.qcow2. Give one of the two formats a classifier of its own.")
assert !log.contains('\tat ')
// said before any work
assert new File(out, 'web-1.0.qcow2').file
assert !new File(out, 'db-1.0.qcow2').exists()
