package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Removal;

/**
 * The key and serial by which the store of snaps knows this machine, and the logins of its users. snapd's state also holds what is
 * installed, so it is edited; snapd makes a key and asks for a serial again when it finds none.
 */
public final class SnapdDevice implements LinuxOperation {

    private static final GuestPath STATE = GuestPath.of("/var/lib/snapd/state.json");

    private static final Removal FILES = Removal.of(
                    "var/lib/snapd/device/private-keys-v1/*", "var/lib/snapd/assertions/asserts-v0/serial/*")
            .scrubbed();

    /** Members of {@code data.auth.device}; brand and model stay. */
    private static final List<String> DEVICE = List.of("serial", "key-id", "session-macaroon");

    /** Numbers keep their value, however many digits they have. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public String name() {
        return "snapd-device";
    }

    @Override
    public String description() {
        return "Deletes the key and serial of this machine at the store of snaps, and its users' logins there; snaps stay.";
    }

    @Override
    public String effect() {
        return FILES.effect()
                + " Removes from `/var/lib/snapd/state.json`: `serial`, `key-id` and `session-macaroon` of "
                + "`data.auth.device`, `macaroon-key` and the entries of `users` of `data.auth`.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(FILES.plan(context));
        ConfigFile.read(context, STATE).flatMap(state -> edited(context, state)).ifPresent(changes::add);
        return changes;
    }

    private static Optional<Change> edited(OperationContext context, ConfigFile state) {
        try {
            JsonNode tree = JSON.readTree(Bytes.ofText(state.text()).toArray());
            return tree.at("/data/auth") instanceof ObjectNode auth && clear(auth)
                    ? Optional.of(Change.Write.of(state.path(), Bytes.of(JSON.writeValueAsBytes(tree))))
                    : Optional.empty();
        } catch (IOException broken) {
            context.warn(
                    state.path() + " is no JSON that can be edited here, so it keeps what the store of snaps knows this"
                            + " machine by. Start snapd in the guest, or delete the file there if no snap is installed.");
            return Optional.empty();
        }
    }

    private static boolean clear(ObjectNode auth) {
        boolean found = auth.remove("macaroon-key") != null;
        if (!auth.path("users").isEmpty()) {
            auth.putArray("users");
            found = true;
        }
        if (auth.path("device") instanceof ObjectNode device) {
            for (String member : DEVICE) {
                found |= device.remove(member) != null;
            }
        }
        return found;
    }
}
