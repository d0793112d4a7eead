package io.imagewright.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.manifest.ProjectOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What git knows about the directory of a project. Where there is no git, or the directory is in no checkout or ignored by it, nothing is known;
 * that is never an error.
 */
public final class ScmCheckout {

    private static final Limits LIMITS = Limits.ofTime(Duration.ofSeconds(20));
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    /**
     * What of an address may be a secret: the user part, {@code https://user:token@host/...}, in which a password may have a bare {@code @}; and a
     * query.
     */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/?#]*@|[?#].*");

    /** What Maven puts before the address in a connection: {@code scm:git:}. */
    private static final Pattern CONNECTION = Pattern.compile("^scm:[a-z]+:");

    private static final Pattern ADDRESS =
            Pattern.compile("(https?|ssh|git)://\\S{1,2000}|[\\w.-]+@[\\w.-]+:[^\\s:]\\S{0,2000}");

    private final Path directory;
    private final Exec exec;

    ScmCheckout(Path directory, Exec exec) {
        this.directory = directory;
        this.exec = exec;
    }

    /** The origin of the image that this request asks for; null when nothing is known. */
    public static @Nullable ProjectOrigin origin(ImageBuildRequest request) {
        ImageBuildRequest.Project project = request.project();
        return new ScmCheckout(request.baseDirectory(), new ProcessExec())
                .origin(project == null ? null : project.coordinates(), project == null ? null : project.scmUrl());
    }

    /**
     * The origin of an image that is described here.
     *
     * @param coordinates of the Maven project; null where there is none
     * @param url of the project's repository, or a Maven connection; null to ask git for that of the remote {@code origin}
     * @return null when nothing is known
     */
    @Nullable
    public ProjectOrigin origin(@Nullable String coordinates, @Nullable String url) {
        Optional<String> revision = isIgnored()
                ? Optional.empty()
                : git("rev-parse", "--verify", "--quiet", "HEAD")
                        .filter(text -> REVISION.matcher(text).matches());
        Optional<String> address = Optional.ofNullable(url)
                .or(() -> revision.flatMap(any -> git("config", "--get", "remote.origin.url")))
                .flatMap(ScmCheckout::publicAddress);
        ProjectOrigin origin = new ProjectOrigin(coordinates, address.orElse(null), revision.orElse(null));
        return origin.equals(new ProjectOrigin(null, null, null)) ? null : origin;
    }

    /** An address without credentials; empty for paths of this machine, which say nothing elsewhere. */
    static Optional<String> publicAddress(String url) {
        String plain = CONNECTION.matcher(url.strip()).replaceFirst("");
        return Optional.of(CREDENTIALS.matcher(plain).replaceAll(""))
                .filter(address -> ADDRESS.matcher(address).matches());
    }

    /** A build directory below a checkout of something else is none of it. */
    private boolean isIgnored() {
        return git("check-ignore", "--quiet", directory.toString()).isPresent();
    }

    /** What git prints; empty when it fails. */
    private Optional<String> git(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git", "-C", directory.toString()));
        argv.addAll(List.of(arguments));
        try {
            ExecResult result = exec.run(new Command(argv, Map.of("GIT_OPTIONAL_LOCKS", "0"), LIMITS));
            return result.exitCode() == 0 ? Optional.of(result.stdout().strip()) : Optional.empty();
        } catch (ImageException failure) {
            if (failure.kind() == ImageException.Kind.CANCELLED) {
                throw failure;
            }
            return Optional.empty();
        }
    }
}
