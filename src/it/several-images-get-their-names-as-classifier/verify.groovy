def repository = new File(localRepositoryPath, 'io/imagewright/it/several-images-get-their-names-as-classifier/1.0')
for (suffix in ['web.qcow2', 'web.qcow2.sha256sum', 'web-image-manifest.json', 'db.qcow2', 'db.qcow2.sha256sum',
        'db-image-manifest.json', 'web-sbom.json', 'db-sbom.json']) {
    assert new File(repository, "several-images-get-their-names-as-classifier-1.0-$suffix").file : suffix
}
