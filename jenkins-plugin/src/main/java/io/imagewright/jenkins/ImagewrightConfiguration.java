package io.imagewright.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What holds for all images of a Jenkins. */
@Extension
@Symbol("imagewright")
public final class ImagewrightConfiguration extends GlobalConfiguration {

    private String javaHome = "";
    private String engine = "";
    private String tmpdir = "";
    private int timeLimitMinutes;

    /** Made by Jenkins. */
    public ImagewrightConfiguration() {
        load();
    }

    /** The one. */
    static ImagewrightConfiguration get() {
        return ExtensionList.lookupSingleton(ImagewrightConfiguration.class);
    }

    /** Where Java is on agents; empty for the agent's own, or what is on the path. */
    public String getJavaHome() {
        return javaHome;
    }

    @DataBoundSetter
    public void setJavaHome(String javaHome) {
        this.javaHome = FormTexts.trimmed(javaHome);
        save();
    }

    /** What works on guests where a step does not say it. */
    public String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(String engine) {
        this.engine = FormTexts.trimmed(engine);
        save();
    }

    /** Directory of agents for work files; empty to take the one with most free space. */
    public String getTmpdir() {
        return tmpdir;
    }

    @DataBoundSetter
    public void setTmpdir(String tmpdir) {
        this.tmpdir = FormTexts.trimmed(tmpdir);
        save();
    }

    /** Minutes that a command may take; 0 for as long as it takes. Below 0 no command runs: {@link TimeLimit}. */
    public int getTimeLimitMinutes() {
        return timeLimitMinutes;
    }

    @DataBoundSetter
    public void setTimeLimitMinutes(int timeLimitMinutes) {
        this.timeLimitMinutes = timeLimitMinutes;
        save();
    }

    /** For the form. */
    @POST
    public ListBoxModel doFillEngineItems() {
        return EngineItems.systemItems();
    }

    /** For the form. */
    @POST
    public FormValidation doCheckJavaHome(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.absolutePath(value);
    }

    /** For the form. */
    @POST
    public FormValidation doCheckTimeLimitMinutes(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.timeLimit(value);
    }

    /** For the form. */
    @POST
    public FormValidation doCheckTmpdir(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Checks.absolutePath(value);
    }
}
