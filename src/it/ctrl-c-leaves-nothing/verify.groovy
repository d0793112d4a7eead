def interrupt = ['sh', 'interrupt.sh', mavenHome, localRepositoryPath.path, projects].execute(null, basedir)
interrupt.waitForProcessOutput(System.out, System.err)
assert interrupt.exitValue() == 0
