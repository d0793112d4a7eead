def here = new File(basedir, 'here/target/image')
def there = new File(basedir, 'there-with-a-longer-name/target/image')
def names = here.list().sort()
assert names == there.list().sort()
assert names.size() >= 10
for (name in names) {
    // what a run was like is no product
    if (!name.endsWith('.build.json')) {
        assert ['cmp', new File(here, name).path, new File(there, name).path].execute().waitFor() == 0 : name
    }
}
assert !new File(basedir, 'here/target/work').list() : 'nothing is left behind'
