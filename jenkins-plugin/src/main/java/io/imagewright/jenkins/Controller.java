package io.imagewright.jenkins;

import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** The seam between a step and the controller that it runs in. */
interface Controller {

    /** The Jenkins of this JVM. */
    Controller JENKINS = () -> {
        @Nullable Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    };

    /** Whether it shuts down, or is down. */
    boolean isTerminating();
}
