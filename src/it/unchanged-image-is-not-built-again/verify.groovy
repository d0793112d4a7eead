def runs = new File(basedir, 'build.log').text.split('Scanning for projects')
runs = runs[1..-1]
assert runs.size() == 4
assert runs.collect { it.contains('[INFO] Image web is up to date') } == [false, true, false, false]
assert runs.collect { it.contains('[INFO] write: 1 output') } == [true, false, true, true]
// what was not built again is attached all the same
def installed = new File(localRepositoryPath, "io/imagewright/it/unchanged-image-is-not-built-again/1.0")
assert new File(installed, 'unchanged-image-is-not-built-again-1.0.qcow2').exists()
assert new File(installed, 'unchanged-image-is-not-built-again-1.0.qcow2.sha256sum').exists()
