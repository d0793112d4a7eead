package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.linux.NetplanFiles.Configuration;
import io.imagewright.sysprep.linux.NetplanFiles.Definition;
import io.imagewright.sysprep.linux.NetplanFiles.File;

/**
 * Takes the addresses of this machine's cards out of netplan's configuration, and what cloud-init writes it from. A {@code match} by nothing
 * but an address becomes one by name, since netplan refuses {@code set-name} without a criterion, and an empty {@code match} is every
 * interface: by any name of its type where the interface is the only one, as on most machines, so that the network comes up whatever the
 * card is called; else by its own name.
 */
final class NetplanAddresses {

    private static final String ADDRESS = "[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5,19}";

    /** A setting, not a remark; its value may be in quotes. */
    private static final Pattern SETTING =
            Pattern.compile("(?dm)^[^#\n]*\\bmac_?address[\"']?[ \t]*:[ \t]*[\"']?" + ADDRESS);

    private static final Map<String, String> ANY_NAME = Map.of("ethernets", "e*", "wifis", "wl*", "modems", "ww*");

    /** Words that stand for an address, netplan(5): {@code permanent}, {@code random}, {@code stable-ssid}. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z-]+");

    private interface Edit {
        Optional<YamlText> apply(YamlText text);
    }

    private final OperationContext context;
    private final Configuration configuration;

    private NetplanAddresses(OperationContext context, Configuration configuration) {
        this.context = context;
        this.configuration = configuration;
    }

    static List<Change> remove(OperationContext context) {
        return NetplanFiles.edit(
                context,
                NetplanAddresses::haveOne,
                configuration -> new NetplanAddresses(context, configuration)::without,
                "hardware addresses");
    }

    private static boolean haveOne(String text) {
        return SETTING.matcher(text).find();
    }

    private YamlText without(File file) {
        YamlText edited = file.yaml();
        for (Edit edit : edits(file)) {
            edited = edit.apply(edited).orElse(edited);
        }
        if (haveOne(edited.text())) {
            context.warn(file.path() + " keeps hardware addresses: they stand where they cannot be edited here.");
        }
        return edited;
    }

    private List<Edit> edits(File file) {
        List<Edit> edits = new ArrayList<>();
        for (Definition definition : NetplanFiles.definitions(file.yaml().tree())) {
            JsonPointer at = JsonPointer.empty()
                    .appendProperty("network")
                    .appendProperty(definition.type())
                    .appendProperty(definition.id());
            if (isAddress(definition.content().path("macaddress"))) {
                edits.add(text -> text.without(at.appendProperty("macaddress")));
            }
            JsonNode match = definition.content().path("match");
            if (match.path("macaddress").isValueNode()) {
                JsonPointer address = at.appendProperty("match").appendProperty("macaddress");
                if (match.size() > 1) {
                    edits.add(text -> text.without(address));
                } else {
                    String name = name(file, definition);
                    edits.add(text -> text.replacing(address, "name", name));
                }
            }
        }
        edits.addAll(firstVersion(file.yaml().tree().path("network").path("config")));
        return edits;
    }

    /** The first version of cloud-init's format: a list of devices, which have a name beside the address. */
    private static List<Edit> firstVersion(JsonNode devices) {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            JsonNode device = devices.path(i);
            if (device.path("mac_address").isValueNode() && device.has("name")) {
                JsonPointer address = JsonPointer.compile("/network/config/" + i + "/mac_address");
                edits.add(text -> text.without(address));
            }
        }
        return edits;
    }

    private static boolean isAddress(JsonNode value) {
        return value.isValueNode() && !WORD.matcher(value.asText()).matches();
    }

    private String name(File file, Definition definition) {
        Optional<String> any = Optional.ofNullable(ANY_NAME.get(definition.type()))
                .filter(pattern -> configuration.ids(definition.type()).size() == 1);
        if (any.isPresent()) {
            return any.get();
        }
        String name = definition.content().path("set-name").asText(definition.id());
        if (!InterfaceNames.isOfKernelOrUdev(name)) {
            context.warn(file.path() + " had the interface " + name
                    + " found by its hardware address, which is removed; a machine made from the image has no interface of that "
                    + "name until one is given it.");
        }
        return name;
    }
}
