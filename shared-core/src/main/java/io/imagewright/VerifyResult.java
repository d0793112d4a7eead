package io.imagewright;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.boot.Booted;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FinishedImage#verify} saw.
 *
 * @param findings what is wrong, a sentence each; empty when all is well
 * @param signers fingerprints of the keys that signed its files
 * @param booted how the image came up; null when it was not started
 */
public record VerifyResult(
        List<String> findings,
        SortedSet<String> signers,
        @Nullable Booted booted) {

    /** Copies the collections. */
    public VerifyResult {
        findings = List.copyOf(findings);
        signers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(signers));
    }
}
