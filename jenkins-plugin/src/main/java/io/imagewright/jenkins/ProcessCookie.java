package io.imagewright.jenkins;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import hudson.Launcher;

/** A variable in the environment of processes, by which Jenkins finds them again, also those that lost their parent. */
public final class ProcessCookie {

    /** Jenkins' own name: in the containers of a cluster no other one is looked for. */
    static final String VARIABLE = "JENKINS_SERVER_COOKIE";

    private ProcessCookie() {}

    /** One that nobody else has. */
    public static String fresh() {
        return "imagewright-" + UUID.randomUUID();
    }

    /** Ends the processes that have it. */
    public static void kill(Launcher launcher, String cookie) throws IOException, InterruptedException {
        launcher.kill(Map.of(VARIABLE, cookie));
    }
}
