package io.imagewright.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.Doctor;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ProcessExec;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ToldExec;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells what this machine has of what builds need: programs and libraries with their versions, what each is for, and what to install.
 *
 * @since 0.1.0
 */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public final class DoctorMojo extends AbstractMojo {

    private static final String OWN_SKIP = "image.doctor.skip";

    /**
     * <code>text</code> or <code>json</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.output", defaultValue = "text")
    private String output;

    /**
     * File for the result, instead of log or standard output.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputFile")
    private @Nullable File outputFile;

    /**
     * Does nothing but say so. <code>image.doctor.skip</code> does this for this goal alone.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        boolean own = Boolean.parseBoolean(session.getUserProperties()
                .getProperty(
                        OWN_SKIP, session.getCurrentProject().getProperties().getProperty(OWN_SKIP)));
        if (skip || own) {
            getLog().info("Skipping, as " + (skip ? "image.skip" : OWN_SKIP) + " is set");
            return;
        }
        try {
            OutputKind kind = OutputKind.of(output);
            Exec exec = new ToldExec(new ProcessExec(), event -> {
                if (event instanceof ProgressEvent.ProgramEnded ended) {
                    getLog().debug(ended.describe());
                }
            });
            List<Doctor.Finding> findings = new Doctor(exec).examine();
            new ResultOutput(getLog(), outputFile == null ? null : outputFile.toPath())
                    .answer(kind, text(findings), List.of(json(findings)));
        } catch (ImageException e) {
            MojoErrors.rethrow(e);
        }
    }

    /** What the engine libguestfs cannot do without. */
    private static final Set<String> APPLIANCE = Set.of("libguestfs", "appliance kernel", "qemu-system-x86_64");

    static List<String> text(List<Doctor.Finding> findings) {
        List<String> lines = new ArrayList<>();
        lines.add("Java " + Runtime.version().feature() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores");
        for (Doctor.Finding finding : findings) {
            lines.add(String.format(
                    "  %-18s %-10s %s",
                    finding.name(),
                    finding.found() ? finding.version() : "MISSING",
                    finding.neededFor() + (finding.required() ? "" : " (optional)")));
        }
        served(findings).forEach((guests, how) -> lines.add("Guests on " + guests + ": " + how + "."));
        String packages = findings.stream()
                .filter(finding -> !finding.found())
                .map(Doctor.Finding::debianPackage)
                .distinct()
                .collect(Collectors.joining(" "));
        if (!packages.isEmpty()) {
            lines.add("To install what is missing on Debian: apt-get install " + packages);
        }
        return lines;
    }

    /** Which engine serves what, by kind of guest. */
    private static Map<String, String> served(List<Doctor.Finding> findings) {
        boolean direct = findings.stream().allMatch(finding -> finding.found() || !finding.required());
        Map<String, String> served = new LinkedHashMap<>();
        served.put(
                "ext2, ext3 and ext4 on plain partitions",
                direct
                        ? "engine direct, without root, virtual machine or KVM"
                        : "not served until what is missing is installed");
        List<String> missing = findings.stream()
                .filter(finding -> APPLIANCE.contains(finding.name()) && !finding.found())
                .map(Doctor.Finding::debianPackage)
                .toList();
        served.put(
                "XFS, btrfs, NTFS, LVM, RAID or LUKS, and Windows",
                missing.isEmpty()
                        ? "engine libguestfs, in a virtual machine of its own (" + accelerator() + ")"
                        : "not served until these packages are installed: " + String.join(" ", missing));
        return served;
    }

    private static String accelerator() {
        return Accelerator.find(new ProcessExec(), System.getenv()).toString();
    }

    static ObjectNode json(List<Doctor.Finding> findings) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("java", Runtime.version().feature());
        document.put("cores", Runtime.getRuntime().availableProcessors());
        ObjectNode served = document.putObject("guests");
        served(findings).forEach(served::put);
        ArrayNode all = document.putArray("findings");
        findings.forEach(finding -> {
            ObjectNode node = new ObjectMapper().valueToTree(finding);
            all.add(node.put("found", finding.found()));
        });
        return document;
    }
}
