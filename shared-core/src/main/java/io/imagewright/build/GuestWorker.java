package io.imagewright.build;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.api.Credentials;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.PlannedOutput;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.progress.ProgressListener;
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
        boolean writes = purpose == GuestJob.Purpose.BUILD || purpose == GuestJob.Purpose.CONVERT;
        return new GuestJob(
                purpose,
                DeployedGrowth.decide(request.description()),
                new GuestJob.Directories(
                        request.baseDirectory(),
                        work.directory(DIRECTORY),
                        writes ? request.outputDirectory() : work.path()),
                outputs(purpose, writes),
                request.worker().appliance(),
                request.worker().credentials().only(Credentials.LUKS),
                request.force(),
                request.timestamp());
    }

    private GuestJob.Outputs outputs(GuestJob.Purpose purpose, boolean writes) {
        if (purpose == GuestJob.Purpose.INSPECT || purpose == GuestJob.Purpose.CONTENTS) {
            return GuestJob.Outputs.NONE;
        }
        List<PlannedOutput> outputs =
                OutputPlan.of(request.description(), request.version(), request.defaultClassifier());
        return new GuestJob.Outputs(
                writes ? OutputPlan.filesOfADisk(outputs) : 0,
                OutputPlan.programs(outputs),
                OutputPlan.dumps(outputs),
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
