package io.imagewright.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A TCP port of a guest, reached through qemu's user network. That network takes each connection at once and only then asks the guest, so
 * whether the guest took it is what its table of connections says.
 */
final class GuestPort implements AutoCloseable {

    /** The guest may have had no network when it was asked, and is asked again late. */
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private static final int CONNECT_MILLIS = 2000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** States of a connection that the other side took: RFC 9293, 3.3.2. */
    private static final Pattern TAKEN = Pattern.compile("TCP\\[(?:ESTABLISHED|CLOSE_WAIT)\\]");

    private final Pattern forward;
    private @Nullable Socket socket;
    private long opened;

    GuestPort(int port) {
        this.forward = Pattern.compile("TCP\\[HOST_FORWARD\\] +\\S+ +127\\.0\\.0\\.1 +(\\d+) +\\S+ +" + port + " ");
    }

    /** Whether the guest took a connection; begins one else. */
    boolean isOpen(Machine machine) throws IOException, InterruptedException {
        String network = machine.network();
        if (socket != null && TAKEN.matcher(network).find()) {
            return true;
        }
        if (socket == null || System.nanoTime() - opened > PATIENCE) {
            close();
            Matcher matcher = forward.matcher(network);
            if (matcher.find()) {
                connect(Integer.parseInt(matcher.group(1)));
            }
        }
        return false;
    }

    private void connect(int port) throws IOException {
        Socket fresh = new Socket();
        try {
            fresh.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), CONNECT_MILLIS);
            socket = fresh;
            opened = System.nanoTime();
        } catch (IOException notYet) {
            fresh.close();
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
