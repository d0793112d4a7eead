def here = new File(basedir, 'here/target/image')
def there = new File(basedir, 'there-with-a-longer-name/target/image')
def names = here.list().sort()
assert names == there.list().sort()
assert names.size() >= 10
for (name in names) {
    if (name.endsWith('image-manifest.json')) {
        // two projects, whose coordinates it has
        def manifests = [here, there].collect { new File(it, name).text }
        assert manifests[0].contains('"coordinates": "io.imagewright.it:here:1.0"')
        assert manifests.collect { it.replaceFirst('"coordinates": "[^"]*"', '') }.toSet().size() == 1 : name
    } else if (!name.endsWith('.build.json')) { // what a run was like is no product
        assert ['cmp', new File(here, name).path, new File(there, name).path].execute().waitFor() == 0 : name
    }
}
assert !new File(basedir, 'here/target/work').list() : 'nothing is left behind'
