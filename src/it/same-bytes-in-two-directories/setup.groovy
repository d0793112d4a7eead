for (module in ['here', 'there-with-a-longer-name']) {
    new File(basedir, "$module/target/work").mkdirs()
    def guest = [makeGuest, new File(basedir, "$module/disk.raw").path].execute()
    guest.waitForProcessOutput(System.out, System.err)
    assert guest.exitValue() == 0
}
