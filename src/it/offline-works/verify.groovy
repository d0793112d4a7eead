assert new File(basedir, 'target/image/web-1.0.qcow2').file
