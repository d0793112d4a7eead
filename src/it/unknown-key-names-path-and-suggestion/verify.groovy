def log = new File(basedir, 'build.log').text
assert log.contains('pom.xml: images[0].sysprep.enabel: unknown key. Did you mean enable? Known here: defaults, disable, enable, params.')
assert log.contains('descriptions/web.yaml line 4: formats[0].clasifier: unknown key. Did you mean classifier?')
assert log.contains('-Dimage.shirnk: unknown property. Did you mean -Dimage.shrink?')
assert !log.contains('\tat ')
assert !new File(basedir, 'target/image').list()
