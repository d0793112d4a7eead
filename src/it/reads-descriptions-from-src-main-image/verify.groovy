assert new File(basedir, 'target/image/web-1.0.raw').file
assert new File(basedir, 'target/image/web-1.0.raw.sha256sum').file
assert new File(basedir, 'target/image/web-1.0.image-manifest.json').file
