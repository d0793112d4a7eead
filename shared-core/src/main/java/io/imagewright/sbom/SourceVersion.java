package io.imagewright.sbom;

import io.imagewright.guest.packages.InstalledPackage;

/**
 * The version of the source package that a package was made from.
 *
 * @param epoch empty when it has none
 * @param release behind the last hyphen, of the managers that have it; empty when there is none
 */
record SourceVersion(String epoch, String version, String release) {

    /** That which the package names, else its own. */
    static SourceVersion of(InstalledPackage each) {
        String whole = each.sourceVersion().isEmpty() ? each.version() : each.sourceVersion();
        int epoch = whole.indexOf(':');
        String rest = whole.substring(epoch + 1);
        int release = each.kind().equals("apk") ? -1 : rest.lastIndexOf('-');
        return new SourceVersion(
                epoch > 0 ? whole.substring(0, epoch) : "",
                release < 0 ? rest : rest.substring(0, release),
                release < 0 ? "" : rest.substring(release + 1));
    }

    /** Without the epoch. */
    String text() {
        return release.isEmpty() ? version : version + "-" + release;
    }
}
