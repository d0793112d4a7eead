package org.jenkinsci.plugins.workflow.steps;

public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;

    protected SynchronousNonBlockingStepExecution(StepContext context) {}

    protected abstract T run() throws Exception;

    public void onResume() {
        throw new UnsupportedOperationException();
    }
}
