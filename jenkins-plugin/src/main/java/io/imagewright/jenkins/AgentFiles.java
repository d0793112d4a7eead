package io.imagewright.jenkins;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import jenkins.agents.ControllerToAgentFileCallable;
import org.jspecify.annotations.Nullable;

/** Where things are on an agent. */
final class AgentFiles {

    private AgentFiles() {}

    /** What lives longer than a build: below the agent's own directory, or where there is none beside the workspace. */
    static FilePath cache(FilePath workspace) {
        @Nullable Computer computer = workspace.toComputer();
        @Nullable Node node = computer == null ? null : computer.getNode();
        @Nullable FilePath root = node == null ? null : node.getRootPath();
        if (root != null) {
            return root.child("caches").child("imagewright");
        }
        FilePath parent = workspace.getParent();
        return new FilePath(parent == null ? workspace : parent, ".imagewright");
    }

    /** The directory beside the workspace that containers of the build see, too. */
    static FilePath temporary(FilePath workspace) {
        @Nullable FilePath directory = WorkspaceList.tempDir(workspace);
        return directory == null ? cache(workspace) : directory;
    }

    /** Java of the agent itself, which is recent enough. */
    record JavaHome() implements ControllerToAgentFileCallable<String> {

        @Override
        public String invoke(File file, VirtualChannel channel) {
            return System.getProperty("java.home");
        }
    }

    /**
     * Makes a file that nobody else can read.
     *
     * @param content what it holds
     */
    record PrivateFile(String content) implements ControllerToAgentFileCallable<Boolean> {

        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            Path path = file.toPath();
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            return true;
        }

        /** Without what it holds. */
        @Override
        public String toString() {
            return "PrivateFile";
        }
    }
}
