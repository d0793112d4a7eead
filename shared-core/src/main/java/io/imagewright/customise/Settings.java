package io.imagewright.customise;

import java.nio.file.Path;
import java.util.Optional;

import io.imagewright.guest.GuestPath;
import io.imagewright.spec.ImageDescription;

/** Reads the settings of one action, which the schema has checked. */
final class Settings {

    private final ImageDescription.Action action;
    private final Path base;

    private Settings(ImageDescription.Action action, Path base) {
        this.action = action;
        this.base = base;
    }

    /** @param base relative paths of this machine start here */
    static Action read(ImageDescription.Action action, Path base) {
        Settings settings = new Settings(action, base);
        return switch (action.name()) {
            case "write" -> new WriteText(settings.path(), settings.text("content"), settings.attributes());
            case "upload" -> new Upload(settings.host("source"), settings.path(), settings.attributes());
            case "copyIn" -> new CopyIn(settings.host("source"), settings.path("into"), settings.owner());
            case "delete" -> new Delete(settings.path());
            case "mkdir" -> new MakeDirectory(settings.path(), settings.attributes());
            case "link" -> new Link(settings.path(), settings.text("target"));
            case "chmod" -> new ChangeMode(settings.path(), Integer.parseInt(settings.text("mode"), 8));
            case "chown" -> new ChangeOwner(settings.path(), Owner.parse(settings.text("owner")));
            case "appendLine" -> new AppendLine(settings.path(), settings.text("line"));
            case "edit" -> new Edit(settings.path(), settings.text("match"), settings.text("replace"));
            case "hostname" -> new Hostname(settings.text("name"));
            case "timezone" -> new Timezone(settings.text("zone"));
            case "password" -> new Password(settings.text("user"), settings.hostText("hash"));
            case "sshInject" -> new SshInject(settings.text("user"), settings.hostText("key"));
            case "firstboot" -> new Firstboot(settings.optional("name").orElse("script"), settings.hostText("script"));
            case "growRoot" -> new GrowRoot();
            default -> throw new IllegalStateException("the schema has an action that nobody does: " + action.name());
        };
    }

    private Optional<String> optional(String key) {
        return Optional.ofNullable(action.settings().get(key));
    }

    private String text(String key) {
        return optional(key).orElseThrow();
    }

    private GuestPath path() {
        return path("path");
    }

    private GuestPath path(String key) {
        return GuestPath.of(text(key));
    }

    private HostFile host(String key) {
        return HostFile.of(text(key), base);
    }

    private HostText hostText(String key) {
        return HostText.of(text(key), base);
    }

    private Optional<Owner> owner() {
        return optional("owner").map(Owner::parse);
    }

    private Attributes attributes() {
        return new Attributes(optional("mode").map(mode -> Integer.parseInt(mode, 8)), owner());
    }
}
