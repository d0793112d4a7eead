def run = { List<String> words ->
  def process = words.execute()
  process.waitForProcessOutput(System.out, System.err)
  assert process.exitValue() == 0
}
def disk = { new File(basedir, it + '.raw').path }
run([makeGuest, disk('old')])
run(['cp', '--sparse=always', disk('old'), disk('new')])
new File(basedir, 'more').text = 'x' * 5000
new File(basedir, 'status').text = 'Package: base-files\nStatus: install ok installed\nVersion: 12.5\n'
new File(basedir, 'commands').text = """write ${basedir}/more /usr/lib/more
rm /usr/lib/ballast
rm /var/lib/dpkg/status
write ${basedir}/status /var/lib/dpkg/status
sif /usr/lib/more mtime 20240101
"""
run(['sh', '-c', 'PATH=$PATH:/usr/sbin:/sbin; debugfs -w -f "$0" "$1?offset=1048576"', new File(basedir, 'commands').path, disk('new')])
new File(basedir, 'before.sha256').text = ['sha256sum', disk('old'), disk('new')].execute().text
return true
