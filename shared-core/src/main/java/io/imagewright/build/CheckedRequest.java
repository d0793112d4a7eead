package io.imagewright.build;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.customise.Customise;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.PlannedOutput;
import io.imagewright.spec.ImageDescription.Sysprep;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;

/**
 * A request of which everything was checked that can be without a look at its medium.
 *
 * @param outputs what it writes; nothing where it only looks
 * @param parameters of all operations, the user's own among them
 */
public record CheckedRequest(ImageBuildRequest request, List<PlannedOutput> outputs, ParameterValues parameters) {

    /** Copies the list. */
    public CheckedRequest {
        outputs = List.copyOf(outputs);
    }

    /**
     * Checks a request to build or to plan.
     *
     * @param later files that will be there when the request's turn comes: that one is missing is no mistake yet
     * @throws ImageException DESCRIPTION with every mistake in formats and their options, operations, parameters and actions, and every
     *     file of this machine that actions name and that cannot be read
     */
    public static CheckedRequest building(ImageBuildRequest request, Collection<Path> later) {
        return of(request, true, Optional.of(later));
    }

    /** The same for a conversion, which runs no action. */
    public static CheckedRequest converting(ImageBuildRequest request) {
        return of(request, true, Optional.empty());
    }

    /** The same for a request that only looks, whatever formats it names. */
    public static CheckedRequest looking(ImageBuildRequest request) {
        return of(request, false, Optional.empty());
    }

    private static CheckedRequest of(ImageBuildRequest request, boolean writes, Optional<Collection<Path>> filesLater) {
        ErrorCollector errors = new ErrorCollector();
        Optional<List<PlannedOutput>> outputs = errors.get(() -> writes
                ? OutputPlan.of(request.description(), request.version(), request.defaultClassifier())
                : List.of());
        Optional<ParameterValues> parameters = errors.get(() -> sysprep(request));
        errors.get(() -> Customise.of(request.description().customise(), request.baseDirectory()))
                .ifPresent(actions -> filesLater.ifPresent(later -> errors.check(() -> actions.requireFiles(later))));
        errors.throwAny();
        return new CheckedRequest(request, outputs.orElseThrow(), parameters.orElseThrow());
    }

    private static ParameterValues sysprep(ImageBuildRequest request) {
        List<Path> classPath = request.worker().classPath();
        try (URLClassLoader loader = new URLClassLoader(urls(classPath), Operations.class.getClassLoader())) {
            Operations operations = Operations.load(loader);
            Sysprep sysprep = request.description().sysprep();
            ErrorCollector errors = new ErrorCollector();
            Optional<Set<Operation>> selected = errors.get(() -> operations.select(sysprep));
            Optional<ParameterValues> parameters =
                    errors.get(() -> ParameterValues.of(operations, sysprep.params(), request.baseDirectory()));
            errors.throwAny();
            io.imagewright.sysprep.Sysprep.check(operations, selected.orElseThrow(), parameters.orElseThrow());
            return parameters.get();
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot read the jars of the class path",
                    FileFailure.reason(failure),
                    "Check the class path.",
                    failure);
        }
    }

    private static URL[] urls(List<Path> classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path entry : classPath) {
            urls.add(entry.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
