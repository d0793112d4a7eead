package io.imagewright.customise;

import java.util.List;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.spec.ActionSchema;

/**
 * {@code password}: gives a user the password of a hash, or none that fits. The day of the last change is that of the image, as an old
 * one may have the password expire at once, and none at all asks for a new one.
 */
record Password(String user, HostText hash) implements Action {

    @Override
    public List<HostFile> hostFiles() {
        return hash.files();
    }

    @Override
    public List<Change> plan(Target target) {
        target.refuseWindows(Message.of(
                "set it in an answer file (",
                SettingName.parameter("unattend"),
                "), or with net user in a firstboot script"));
        target.requireLinux();
        UserDatabase.of(target).user(user);
        String value = hash.read().text().strip();
        ShadowFile shadow = new ShadowFile(target);
        if (value.equals(ActionSchema.LOCKED)) {
            return shadow.set(user, ShadowFile.NO_PASSWORD, false);
        }
        if (!ActionSchema.isHash(value)) {
            throw Target.refused(
                    "the file holds no hash of crypt(5) such as $6$...",
                    "A password itself is not taken: mkpasswd or openssl passwd -6 make a hash of it.");
        }
        return shadow.set(user, value, true);
    }
}
