package io.imagewright.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.imagewright.api.Credentials;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.PlannedOutput;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.WorkDirectory;
import io.imagewright.staging.WorkParent;
import io.imagewright.worker.WorkerClient;
import org.jspecify.annotations.Nullable;

/** Does the guest jobs of one request, each in a worker JVM of its own. The first of them starts while the build prepares. Used by one thread. */
public final class GuestWorker implements AutoCloseable {

    /** The worker's directory in a work directory. */
    public static final String DIRECTORY = "guest";

    private final ImageBuildRequest request;

    /** Without a job yet. */
    private @Nullable WorkerClient ready;

    private GuestWorker(ImageBuildRequest request) {
        this.request = request;
        this.ready = request.worker().inProcess()
                ? null
                : WorkerClient.start(request.worker().classPath());
    }

    public static GuestWorker start(ImageBuildRequest request) {
        return new GuestWorker(request);
    }

    /** Does a job that changes nothing, in a work directory of its own. */
    public GuestReport look(GuestJob.Purpose purpose, ProgressListener listener) {
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory work = cleanup.create(
                    WorkParent.choose(request.workDirectory(), Path.of(System.getProperty("java.io.tmpdir"))));
            return run(purpose, work, listener);
        }
    }

    /** Does a job. */
    public GuestReport run(GuestJob.Purpose purpose, WorkDirectory work, ProgressListener listener) {
        GuestJob job = job(purpose, work);
        if (request.worker().inProcess()) {
            return WorkerClient.runHere(job, listener);
        }
        try (WorkerClient worker =
                ready == null ? WorkerClient.start(request.worker().classPath()) : ready) {
            ready = null;
            return worker.run(job, listener);
        }
    }

    private GuestJob job(GuestJob.Purpose purpose, WorkDirectory work) {
        ImageDescription description = request.description();
        boolean writes = purpose == GuestJob.Purpose.BUILD || purpose == GuestJob.Purpose.CONVERT;
        boolean looks = purpose == GuestJob.Purpose.INSPECT || purpose == GuestJob.Purpose.CONTENTS;
        List<PlannedOutput> outputs =
                looks ? List.of() : OutputPlan.of(description, request.version(), request.defaultClassifier());
        return new GuestJob(
                description.source().all(),
                request.baseDirectory(),
                work.directory(DIRECTORY),
                writes ? request.outputDirectory() : work.path(),
                writes ? OutputPlan.filesOfADisk(outputs) : 0,
                purpose,
                OutputPlan.programs(outputs),
                OutputPlan.dumps(outputs),
                description.engine().name().toLowerCase(Locale.ROOT),
                request.worker().appliance(),
                request.worker().credentials().only(Credentials.LUKS),
                description.repair(),
                description.allowUnsupported(),
                description.sysprep().enable(),
                description.sysprep().disable(),
                description.sysprep().params(),
                description.customise(),
                DeployedGrowth.of(description),
                description.size(),
                request.force(),
                request.timestamp(),
                writes && OutputPlan.needTree(outputs));
    }

    /** Ends a worker that got no job. */
    @Override
    public void close() {
        if (ready != null) {
            ready.close();
        }
    }
}
