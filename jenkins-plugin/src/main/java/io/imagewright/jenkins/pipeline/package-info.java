/** Steps that give something back to a pipeline. Loaded only where the plugin workflow-step-api is. */
@NullMarked
package io.imagewright.jenkins.pipeline;

import org.jspecify.annotations.NullMarked;
