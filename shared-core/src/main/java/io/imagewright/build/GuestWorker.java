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

/** Does guest jobs, each in a worker JVM of its own. The first of them starts while the build prepares. Used by one thread. */
public final class GuestWorker implements AutoCloseable {

    /** The worker's directory in a work directory. */
    public static final String DIRECTORY = "guest";

    private final ImageBuildRequest.WorkerSettings settings;

    /** Without a job yet. */
    private @Nullable WorkerClient ready;

    private GuestWorker(ImageBuildRequest.WorkerSettings settings) {
        this.settings = settings;
        this.ready = settings.inProcess() ? null : WorkerClient.start(settings.classPath());
    }

    public static GuestWorker start(ImageBuildRequest.WorkerSettings settings) {
        return new GuestWorker(settings);
    }

    /** Does a job that changes nothing, in a work directory of its own. */
    public GuestReport look(CheckedRequest checked, GuestJob.Purpose purpose, ProgressListener listener) {
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory work = cleanup.create(WorkParent.choose(
                    checked.request().workDirectory(), Path.of(System.getProperty("java.io.tmpdir"))));
            return run(checked, purpose, work, listener);
        }
    }

    /** Does a job. */
    public GuestReport run(
            CheckedRequest checked, GuestJob.Purpose purpose, WorkDirectory work, ProgressListener listener) {
        GuestJob job = job(checked, purpose, work);
        if (settings.inProcess()) {
            return WorkerClient.runHere(job, listener);
        }
        try (WorkerClient worker = ready == null ? WorkerClient.start(settings.classPath()) : ready) {
            ready = null;
            return worker.run(job, listener);
        }
    }

    private static GuestJob job(CheckedRequest checked, GuestJob.Purpose purpose, WorkDirectory work) {
        ImageBuildRequest request = checked.request();
        boolean writes = purpose == GuestJob.Purpose.BUILD || purpose == GuestJob.Purpose.CONVERT;
        List<PlannedOutput> outputs = checked.outputs();
        return new GuestJob(
                purpose,
                DeployedGrowth.decide(request.description().withoutTargets()),
                checked.parameters().values(),
                new GuestJob.Directories(
                        request.baseDirectory(),
                        work.directory(DIRECTORY),
                        writes ? request.outputDirectory() : work.path()),
                new GuestJob.Outputs(
                        writes ? OutputPlan.filesOfADisk(outputs) : 0,
                        OutputPlan.programs(outputs),
                        OutputPlan.dumps(outputs),
                        writes && OutputPlan.needTree(outputs)),
                request.worker().appliance(),
                request.worker().credentials().only(Credentials.LUKS),
                request.force(),
                request.timestamp());
    }

    /** Ends a worker that got no job. */
    @Override
    public void close() {
        if (ready != null) {
            ready.close();
        }
    }
}
