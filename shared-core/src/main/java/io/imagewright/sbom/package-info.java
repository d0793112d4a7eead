/**
 * The bill of materials: what is inside an image, in the words of <a href="https://cyclonedx.org/">CycloneDX</a>.
 */
@NullMarked
package io.imagewright.sbom;

import org.jspecify.annotations.NullMarked;
