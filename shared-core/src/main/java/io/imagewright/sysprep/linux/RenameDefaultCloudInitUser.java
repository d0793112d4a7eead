package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.ParameterValues;
import io.imagewright.sysprep.unix.CloudInit;

/** Gives the user that cloud-init makes another name, in place, so that comments stay. */
public final class RenameDefaultCloudInitUser implements LinuxOperation {

    private static final Parameter USER = new Parameter(
            "default_user", ParameterType.STRING, "user", "Name of the user that cloud-init makes by default.");

    private static final JsonPointer NAME = JsonPointer.compile("/system_info/default_user/name");

    /** What useradd(8) allows; YAML takes none of it for something else, but for the words below. */
    private static final Pattern VALID = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private static final Pattern YAML_WORD = Pattern.compile("true|false|yes|no|on|off|null|y|n");

    @Override
    public String name() {
        return "rename-default-cloud-init-user";
    }

    @Override
    public String description() {
        return "Renames the user that cloud-init makes by default.";
    }

    @Override
    public String effect() {
        return "Sets `system_info.default_user.name` to the parameter `default_user` where `/etc/cloud/cloud.cfg` and "
                + "`/etc/cloud/cloud.cfg.d/*.cfg` have it; comments stay.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(USER);
    }

    @Override
    public void check(ParameterValues parameters) {
        String user = parameters.value(USER.name()).get(0);
        if (!VALID.matcher(user).matches() || YAML_WORD.matcher(user).matches()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Invalid value for sysprep parameter: `" + USER.name() + "'. Reason",
                    "`" + user + "' is not the name of a user",
                    "Give at most 32 lower-case letters, digits, hyphens and underscores, a letter first.");
        }
    }

    @Override
    public List<Change> plan(OperationContext context) {
        String user = context.parameter(USER.name()).get(0);
        if (!CloudInit.isEnabled(context)) {
            context.warn("Not a cloud-init enabled image; no default user is renamed.");
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        for (CloudConfigFile file : CloudConfigFile.all(context)) {
            JsonNode name = file.tree().at(NAME);
            if (name.isValueNode() && !name.asText().equals(user)) {
                Optional<Change> change = file.replacing(NAME, user);
                if (change.isEmpty()) {
                    context.warn("cloud-init's default user in " + file.path()
                            + " is spelled in a way that is not understood; it keeps its name there.");
                }
                change.ifPresent(changes::add);
            }
        }
        return changes;
    }
}
