package io.imagewright.jenkins.credentials;

import java.util.List;
import java.util.Optional;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.util.ListBoxModel;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Credentials of the kind "secret text". */
public final class StoredSecrets {

    private StoredSecrets() {}

    /** The secret of this id, as far as the run may use it; that it did is noted at the credentials. */
    public static Optional<String> find(String id, Run<?, ?> run) {
        @Nullable
        StringCredentials found = CredentialsProvider.findCredentialById(id, StringCredentials.class, run, List.of());
        return Optional.ofNullable(found)
                .map(credentials -> CredentialsProvider.track(run, credentials))
                .map(credentials -> credentials.getSecret().getPlainText());
    }

    /** Those that a job can use, for a form; the empty choice first. */
    @SuppressWarnings("NullAway") // null: Jenkins itself
    public static ListBoxModel items(Item item, String none) {
        // as whom its builds run
        @Nullable Authentication user = item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : null;
        ListBoxModel items = new ListBoxModel();
        items.add(none, "");
        items.addAll(CredentialsProvider.listCredentialsInItem(
                StringCredentials.class, item, user, List.of(), CredentialsMatchers.always()));
        return items;
    }
}
