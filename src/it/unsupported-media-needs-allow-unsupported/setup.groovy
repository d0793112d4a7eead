// 8 MiB of noise: no table, no system
def random = new Random(1)
def bytes = new byte[8 << 20]
random.nextBytes(bytes)
new File(basedir, 'disk.raw').bytes = bytes
return true
