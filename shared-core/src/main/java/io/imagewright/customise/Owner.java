package io.imagewright.customise;

import java.util.Optional;

import io.imagewright.guest.FileStat;

/**
 * Owner and group as the user wrote them, by name or number.
 *
 * @param user empty when only the group is set
 * @param group empty for the user's own
 */
record Owner(Optional<String> user, Optional<String> group) {

    /** Numbers in the guest; empty for what stays. */
    record Ids(Optional<Integer> user, Optional<Integer> group) {

        int userOr(int other) {
            return user.orElse(other);
        }

        int groupOr(int other) {
            return group.orElse(other);
        }

        /** Whether a file belongs to others. */
        boolean differFrom(FileStat stat) {
            return userOr(stat.owner()) != stat.owner() || groupOr(stat.group()) != stat.group();
        }
    }

    /** Reads {@code user}, {@code user:group} or {@code :group}. */
    static Owner parse(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        return new Owner(
                Optional.of(user).filter(word -> !word.isEmpty()),
                Optional.of(group).filter(word -> !word.isEmpty()));
    }

    /**
     * Looks the names up in the guest. A user without a group brings their own group; a number that is no account's leaves it.
     *
     * @throws io.imagewright.error.ImageException DESCRIPTION when the guest does not know a name
     */
    Ids in(Target target) {
        UserDatabase accounts = UserDatabase.of(target);
        Optional<Integer> uid = user.map(accounts::uid);
        Optional<Integer> gid = group.map(accounts::gid).or(() -> uid.flatMap(accounts::groupOf));
        return new Ids(uid, gid);
    }
}
