def again = ['sh', 'again.sh', mavenHome, localRepositoryPath.path, projects].execute(null, basedir)
def out = new StringBuilder()
again.waitForProcessOutput(out, out)
println out
assert again.exitValue() == 0
assert out.contains('unprivileged: as user ')
assert out.contains('BUILD SUCCESS')
