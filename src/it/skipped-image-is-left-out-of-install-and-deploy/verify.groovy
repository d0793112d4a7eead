def runs = new File(basedir, 'build.log').text.split('Scanning for projects')[1..-1]
def why = ['image.skip is set', 'image.build.skip is set', "image.filter leaves out the project's first image"]
[runs, why].transpose().each { run, reason ->
    assert run.contains("[INFO] $reason, so this project has no main artifact: install and deploy leave it out")
    assert run.contains('BUILD SUCCESS')
}
assert new File(basedir, 'target/image').list().findAll { it.endsWith('.qcow2') } == ['db-1.0.qcow2']
// no POM either: it would promise an image
def installed = new File(localRepositoryPath, 'io/imagewright/it/skipped-image-is-left-out-of-install-and-deploy')
assert !new File(installed, '1.0').exists()
assert !new File(basedir, 'repository').exists()
