package io.imagewright.jenkins;

import java.util.Optional;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.imagewright.jenkins.credentials.StoredSecrets;
import org.jspecify.annotations.Nullable;

/** Secrets by the id of their credentials; without the credentials plugin there are none, and environment variables do it. */
public final class SecretText {

    private static final String CREDENTIALS = "org.jenkinsci.plugins.plaincredentials.StringCredentials";

    private SecretText() {}

    private static boolean arePluginsThere() {
        try {
            Class.forName(CREDENTIALS, false, SecretText.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }

    /**
     * The secret.
     *
     * @param id empty for none
     * @param field that names it, for the message
     * @throws AbortException when there is none of this id
     */
    static Optional<String> of(@Nullable String id, String field, Run<?, ?> run) throws AbortException {
        String wanted = FormTexts.trimmed(id);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (!arePluginsThere()) {
            throw new AbortException(
                    field + " names credentials, and the plugin plain-credentials is not there. Install it,"
                            + " or give the passphrase in the environment: IMAGEWRIGHT_LUKS_KEY, MAVEN_GPG_PASSPHRASE.");
        }
        return Optional.of(StoredSecrets.find(wanted, run)
                .orElseThrow(() -> new AbortException(field + ": there are no credentials " + wanted
                        + " of the kind \"secret text\" that this job may use.")));
    }

    /**
     * For a form.
     *
     * @param current what is chosen: it stays among the choices, so that a form that is saved again keeps it, be it a parameter or what
     *     this user may not see
     */
    public static ListBoxModel items(@Nullable Item item, @Nullable String current) {
        String none = Messages.of("credentials.none");
        ListBoxModel items;
        if (item == null || !item.hasPermission(Item.CONFIGURE) || !arePluginsThere()) {
            items = new ListBoxModel();
            items.add(none, "");
        } else {
            items = StoredSecrets.items(item, none);
        }
        String chosen = FormTexts.trimmed(current);
        if (items.stream().noneMatch(option -> option.value.equals(chosen))) {
            items.add(chosen, chosen);
        }
        return items;
    }
}
