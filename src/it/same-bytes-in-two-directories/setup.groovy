import java.nio.file.Files

def here = new File(basedir, 'here')
def there = new File(basedir, 'there-with-a-longer-name')
for (module in [here, there]) {
    assert new File(module, 'target/work').mkdirs()
}
def guest = [makeGuest, new File(here, 'disk.raw').path].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
Files.copy(new File(here, 'disk.raw').toPath(), new File(there, 'disk.raw').toPath())
return true
