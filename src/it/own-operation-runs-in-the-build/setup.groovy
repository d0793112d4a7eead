import java.nio.file.Files

def example = new File(projects, '../../examples/own-operation').canonicalFile.toPath()
def copy = basedir.toPath().resolve('own-operation')
Files.walk(example).withCloseable { files ->
    files.filter { Files.isRegularFile(it) }.map { example.relativize(it) }.each { file ->
        if (!file.any { it.toString() == 'target' }) {
            Files.createDirectories(copy.resolve(file).parent)
            Files.copy(example.resolve(file), copy.resolve(file))
        }
    }
}
def guest = [makeGuest, copy.resolve('image/disk.raw').toString()].execute()
guest.waitForProcessOutput(System.out, System.err)
assert guest.exitValue() == 0
