// the goal alone
def page = new File(basedir, 'target/image/web-1.0.report.html')
def html = page.text
assert new File(basedir, 'build.log').text.contains('Report of image web: ' + page.canonicalPath)
['treemap', 'partitions', 'sizes', 'durations'].each { assert html =~ /class="picture [^"]*$it/ }
assert html.contains('&lt;script&gt;alert(1)&lt;/script&gt;')
assert html.count('<script') == 1
assert html.contains(new File(basedir, 'target/image/web-1.0.qcow2.sha256sum').text.split(' ')[0])
assert new File(basedir, 'target/image/db-1.0.report.html').text.contains('This image has no bill of materials.')
assert !new File(basedir, 'target/image').list().any { it.startsWith('.') }

// the site has the same pages, and leads to them
assert new File(basedir, 'target/site/web-1.0.report.html').text == html
def list = new File(basedir, 'target/site/images.html').text
assert list =~ 'href="(\\./)?web-1.0.report.html"'
assert list =~ 'href="(\\./)?db-1.0.report.html"'
assert new File(basedir, 'target/site/project-reports.html').text.contains('images.html')
