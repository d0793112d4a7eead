def log = new File(basedir, 'build.log').text
assert !log.contains('not marked as thread-safe') && !log.contains('@threadSafe')
for (module in ['one', 'two', 'three', 'four']) {
    assert new File(basedir, "$module/target/image/web-1.0.qcow2").file
    assert new File(basedir, "$module/target/image/db-1.0.raw").file
}
