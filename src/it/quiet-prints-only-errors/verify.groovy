// the invoker's own lines tell of scripts; Debian's Maven resets the colours of the terminal, also where there is none
def lines = new File(basedir, 'build.log').readLines()*.replace('\u001b[0m', '')
assert lines.findAll { it && !it.contains('script:') } == []
assert new File(basedir, 'target/image/web-1.0.qcow2').file
