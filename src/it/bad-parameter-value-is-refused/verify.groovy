def log = new File(basedir, 'build.log').text
assert log.contains("Invalid value for sysprep parameter: `bootmenu_timeout'. Reason: Invalid number.")
assert log.contains("Invalid value for sysprep parameter: `bootmenu_timeout'. Reason: Value is negative or zero.")
assert log.contains('-Dimage.size: size: expected a size')
assert log.contains("-Dimage.engine: engine: expected auto, direct or libguestfs, found 'fast'")
assert log.contains("image.worker: expected fork or inprocess, found 'forkk'")
assert log =~ /Did you mean '?qcow2'?\?/
assert !log.contains('\tat ')
assert !new File(basedir, 'target/image').list()
