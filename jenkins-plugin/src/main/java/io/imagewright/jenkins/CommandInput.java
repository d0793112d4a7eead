package io.imagewright.jenkins;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.api.Credentials;

/**
 * The standard input of {@code imagewright from-stdin}. Arguments go there, too: Jenkins expands dollar signs in those of a process, and shows
 * them.
 */
final class CommandInput {

    private CommandInput() {}

    static String of(Arguments arguments, Credentials secrets) {
        List<String> all = new ArrayList<>(arguments.list());
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        if (secrets.any()) {
            all.add("--secrets-stdin");
            secrets.all(Credentials.LUKS).forEach(input.putArray("luksKeys")::add);
            secrets.first(Credentials.GPG).ifPresent(passphrase -> input.put("gpgPassphrase", passphrase));
        }
        all.forEach(input.putArray("arguments")::add);
        arguments.names().forEach(input.putObject("names")::put);
        return input.toString();
    }
}
