package io.imagewright.jenkins.credentials;

import java.util.List;
import java.util.Optional;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/** Credentials of the kind "secret text". */
public final class StoredSecrets {

    private StoredSecrets() {}

    /** The secret of this id, as far as the run may use it. */
    public static Optional<String> find(String id, Run<?, ?> run) {
        @Nullable StringCredentials found = CredentialsProvider.findCredentialById(id, StringCredentials.class, run);
        return Optional.ofNullable(found)
                .map(credentials -> credentials.getSecret().getPlainText());
    }

    /** Those that a job can use, for a form; the empty choice first. */
    @SuppressWarnings("NullAway") // null: Jenkins itself, as which builds run
    public static ListBoxModel items(Item item, String none) {
        ListBoxModel items = new ListBoxModel();
        items.add(none, "");
        items.addAll(CredentialsProvider.listCredentialsInItem(
                StringCredentials.class, item, null, List.of(), CredentialsMatchers.always()));
        return items;
    }
}
