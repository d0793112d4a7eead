package io.imagewright.sysprep;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.Facts;

/** Runs the user's scripts on a mount of the guest, whatever system it is: for what no operation and no action of customise does. */
public final class Script implements Operation {

    private static final Parameter SCRIPTS = new Parameter(
            "script",
            ParameterType.FILE_LIST,
            "",
            "Scripts of this machine that run where the guest is mounted, in this order; empty for none.");

    @Override
    public String name() {
        return "script";
    }

    @Override
    public String description() {
        return "Runs scripts of this machine on a mount of the guest.";
    }

    @Override
    public String effect() {
        return "Mounts the guest on an empty directory of this machine (FUSE), after all operations and before the actions of "
                + "`customise`, and runs the scripts of the parameter `script` there, with the guest's root as the directory "
                + "they begin in and each image property `KEY` as `IMAGEWRIGHT_PROPERTY_KEY` and "
                + "`SNF_IMAGE_CREATOR_METADATA_KEY` in the environment. They have the rights of whoever builds, on this "
                + "machine: they are not confined to the guest, and a link of the guest leads into this machine. One that "
                + "ends with another code than 0 ends the build. Needs the engine libguestfs, which `auto` takes then. "
                + "Nothing without the parameter.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.isLinux() || facts.isWindows();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SCRIPTS);
    }

    @Override
    public boolean needsMount(ParameterValues parameters) {
        return !parameters.value(SCRIPTS.name()).isEmpty();
    }

    @Override
    public List<Change> plan(OperationContext context) {
        context.parameter(SCRIPTS.name()).forEach(script -> context.afterwards(new GuestTask.OnMount(Path.of(script))));
        return List.of();
    }
}
