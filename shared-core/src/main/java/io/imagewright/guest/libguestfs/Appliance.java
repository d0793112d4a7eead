package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.OutputLines;

/** A running machine of libguestfs that runs scripts of ours. Not thread-safe. */
final class Appliance implements AutoCloseable {

    /** Bytes of a script that the shell is given itself; the kernel allows an argument of 128 KiB. */
    private static final int MAX_COMMAND = 60 << 10;

    private static final String HEAD = """
            set -eu -o pipefail
            export LC_ALL=C
            in=%s out=%s
            """.formatted(Drive.device(Mailbox.IN), Drive.device(Mailbox.OUT));

    private final Mailbox mailbox;

    private final Guestfs guestfs;

    private final ApplianceSlot slot;

    /** Who keeps a mount of it on this machine that could not be ended, so that it answers no more; empty for no such mount. */
    private String occupied = "";

    private Appliance(Guestfs guestfs, Mailbox mailbox, ApplianceSlot slot) {
        this.guestfs = guestfs;
        this.mailbox = mailbox;
        this.slot = slot;
    }

    /** Reads what a script printed. */
    interface Result<T> {

        /**
         * Reads it.
         *
         * @param length bytes of the stream that count
         */
        T read(InputStream stream, long length) throws IOException;
    }

    /**
     * Starts a machine with these drives, as soon as another may run.
     *
     * @param directory for files that live as long as the machine
     * @param listener hears how far it is
     * @throws ImageException ENVIRONMENT saying what to install, or that it took too long
     */
    static Appliance launch(
            GuestfsFiles files,
            ApplianceSettings settings,
            Accelerator accelerator,
            List<Drive> drives,
            Path directory,
            LaunchListener listener) {
        ApplianceSlot slot = ApplianceSlot.acquire(settings, listener::waiting);
        Guestfs guestfs = Guestfs.create(files);
        try {
            Mailbox mailbox = Mailbox.create(directory);
            guestfs.setTemporaryDirectory(directory.toString());
            guestfs.setBackend("direct");
            if (accelerator == Accelerator.TCG) {
                guestfs.setBackendSetting("force_tcg", "1");
                ApplianceKernel.find(System.getenv()).ifPresent(kernel -> kernel.use(guestfs));
            }
            guestfs.setMemory(settings.actualMemory());
            guestfs.setProcessors(settings.actualProcessors());
            for (Drive drive : drives) {
                guestfs.addDrive(drive.file().toString(), drive.readOnly(), drive.label());
            }
            guestfs.addDrive(mailbox.in().toString(), true, Mailbox.IN);
            guestfs.addDrive(mailbox.out().toString(), false, Mailbox.OUT);
            guestfs.onProgress(listener::progress);
            launch(guestfs, settings);
            return new Appliance(guestfs, mailbox, slot);
        } catch (GuestfsFailure failure) {
            release(guestfs, slot);
            throw LaunchProblem.explain(failure);
        } catch (IOException | ImageException failure) {
            release(guestfs, slot);
            throw failure instanceof ImageException known ? known : notReached((IOException) failure);
        }
    }

    private static void release(Guestfs guestfs, ApplianceSlot slot) {
        try (slot) {
            guestfs.close();
        }
    }

    /** The machine must be up in time: with a KVM that does not work it never is. */
    private static void launch(Guestfs guestfs, ApplianceSettings settings) {
        AtomicBoolean late = new AtomicBoolean();
        Thread limit = new Thread(
                () -> {
                    try {
                        Thread.sleep(settings.launchLimit().toMillis());
                        late.set(true);
                        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                    } catch (InterruptedException inTime) {
                        Thread.currentThread().interrupt();
                    }
                },
                "limit of the appliance's start");
        limit.setDaemon(true);
        limit.start();
        try {
            guestfs.launch();
            ApplianceSockets.delete();
        } catch (GuestfsFailure failure) {
            throw late.get() ? LaunchProblem.tooSlow(settings) : failure;
        } finally {
            limit.interrupt();
        }
    }

    /** Puts content where scripts find it and gives the byte of {@code $in} at which it begins. */
    long put(byte[] content) {
        try {
            return mailbox.put(content);
        } catch (IOException failure) {
            throw notReached(failure);
        }
    }

    /** Puts the content of a file where scripts find it and gives the byte of {@code $in} at which it begins. */
    long put(Path file, long size) {
        try {
            return mailbox.put(file, size);
        } catch (IOException failure) {
            throw notReached(failure);
        }
    }

    /**
     * Runs a script and gives the little that it prints.
     *
     * @throws GuestfsFailure when a command of it fails, with what the command said
     */
    String run(BashScript script) {
        try {
            return execute(script);
        } finally {
            mailbox.clear();
        }
    }

    /**
     * Runs commands and passes on what they print, on both streams, while they run.
     *
     * @return their exit code
     * @throws GuestfsFailure when what is around them fails
     */
    int stream(BashScript commands, OutputLines output) {
        ApplianceOutput stream = mailbox.stream();
        FutureTask<String> result = new FutureTask<>(() -> run(stream.script(commands)));
        Thread call = new Thread(result, "program of the appliance");
        call.setDaemon(true);
        call.start();
        // a call of libguestfs cannot be interrupted; who cancels a build ends the appliance
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    String exitCode = result.get(ApplianceOutput.POLL_MILLIS, TimeUnit.MILLISECONDS);
                    stream.end(output);
                    return Integer.parseInt(exitCode.strip());
                } catch (TimeoutException running) {
                    stream.poll(output);
                } catch (InterruptedException cancelled) {
                    interrupted = true;
                } catch (ExecutionException failure) {
                    stream.end(output);
                    if (failure.getCause() instanceof RuntimeException known) {
                        throw known;
                    }
                    throw new IllegalStateException(failure.getCause());
                }
            }
        } catch (IOException failure) {
            throw notReached(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String execute(BashScript script) {
        if (!occupied.isEmpty()) {
            throw occupied();
        }
        try {
            String flush = "blockdev --flushbufs " + Drive.device(Mailbox.IN);
            String text = HEAD + script;
            // the machine must not take what it read in the mailbox the last time
            return guestfs.shell(
                    text.length() > MAX_COMMAND
                            ? flush + " && " + fromMailbox(text)
                            : (mailbox.hasContent() ? flush + " && " : "") + "exec bash -c " + BashScript.quoted(text));
        } catch (GuestfsFailure failure) {
            throw hasEnded(failure) ? ended(failure) : failure;
        } catch (IOException failure) {
            throw notReached(failure);
        }
    }

    /** The command for a script that is too long for a command line. */
    private String fromMailbox(String script) throws IOException {
        mailbox.putScript(script.getBytes(StandardCharsets.US_ASCII));
        return "head -c " + script.length() + " " + Drive.device(Mailbox.IN)
                + " > /tmp/script && exec bash /tmp/script";
    }

    /**
     * Runs a script and reads what it prints, however much. What was put in stays for the script that is to come.
     *
     * @param limit bytes
     * @throws GuestfsFailure when a command of it fails
     * @throws ImageException SOURCE when it prints more than the limit
     */
    <T> T fetch(BashScript producer, long limit, Result<T> result) {
        // a process more is a tenth of a second: bash itself takes the number out of what dd says
        BashScript script = new BashScript()
                .line("printed=$( {")
                .append(producer)
                .line("} | dd of=$out bs=1M iflag=fullblock,count_bytes conv=fsync count=" + (limit + 1) + " 2>&1 )")
                .line("printed=${printed##*$'\\n'}; echo ${printed%% *}");
        long length = Long.parseLong(execute(script).strip());
        if (length > limit) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read the guest",
                    "it answers with more than " + (limit >> 20) + " MiB where less makes sense",
                    "Look for damaged or hostile file systems in the guest.");
        }
        try (InputStream stream = mailbox.result()) {
            return result.read(stream, length);
        } catch (IOException failure) {
            throw notReached(failure);
        }
    }

    /**
     * Has work done while what is mounted at {@code /sysroot} is mounted on a directory of this machine, too.
     *
     * @throws GuestfsFailure when that cannot be
     */
    void whileMounted(Path directory, Runnable work) {
        try {
            LocalMount mount = LocalMount.of(guestfs, directory);
            try {
                work.run();
            } finally {
                occupied = mount.end();
            }
            if (!occupied.isEmpty()) {
                throw occupied();
            }
        } catch (IOException failure) {
            throw notReached(failure);
        }
    }

    /** Calls of libguestfs would wait for the end of the mount. */
    private ImageException occupied() {
        return ImageException.of(
                ImageException.Kind.DESCRIPTION,
                "Cannot end the mount of the guest",
                "still used by " + occupied,
                "Let the script wait for all that it starts.");
    }

    /** What libguestfs says when its machine is gone. */
    private static boolean hasEnded(GuestfsFailure failure) {
        String said = String.valueOf(failure.getMessage());
        return said.contains("appliance closed the connection") || said.contains("call launch before");
    }

    private static ImageException ended(GuestfsFailure failure) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "The appliance of libguestfs ended in the middle of its work",
                String.valueOf(failure.getMessage()),
                Message.of(
                        "Look for memory that is short (",
                        SettingName.APPLIANCE_MEMORY,
                        "), or a person or a job that kills processes, and build again."),
                failure);
    }

    private static ImageException notReached(IOException failure) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot work with the appliance of libguestfs",
                FileFailure.reason(failure),
                "Look at the file system that holds the work directory.",
                failure);
    }

    /** Ends the machine; all that was written is in the drives' files then. */
    @Override
    public void close() {
        if (!occupied.isEmpty()) {
            // its handle cannot be had; the working copies are thrown away with the build
            try (slot) {
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            }
            return;
        }
        try (slot;
                guestfs) {
            guestfs.shutdown();
            mailbox.delete();
        } catch (GuestfsFailure failure) {
            throw ended(failure);
        } catch (IOException left) {
            throw notReached(left);
        }
    }
}
