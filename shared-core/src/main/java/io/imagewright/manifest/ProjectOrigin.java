package io.imagewright.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * Where the description of an image comes from. What is not known is null, and left out.
 *
 * @param coordinates {@code groupId:artifactId:version} of the Maven project
 * @param scmUrl address of the project's repository of sources, without credentials
 * @param scmRevision commit that was checked out, 40 or 64 hexadecimal digits
 */
@JsonPropertyOrder({"coordinates", "scmUrl", "scmRevision"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectOrigin(
        @JsonSetter(nulls = Nulls.SET) @Nullable String coordinates,
        @JsonSetter(nulls = Nulls.SET) @Nullable String scmUrl,
        @JsonSetter(nulls = Nulls.SET) @Nullable String scmRevision) {}
