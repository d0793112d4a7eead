package io.imagewright.report;

/**
 * A package as a bill of materials lists it; what that does not list is empty.
 *
 * @param kind type of its package URL, for example {@code deb}
 * @param licence identifiers, names or an expression
 */
record ReportedPackage(String name, String version, String kind, String licence) {}
