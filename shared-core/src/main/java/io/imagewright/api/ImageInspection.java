package io.imagewright.api;

import java.util.List;
import java.util.Map;

import io.imagewright.error.Message;
import io.imagewright.error.Wording;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.manifest.Json;

/**
 * What {@code inspect} reports of a medium.
 *
 * @param disks of the guest, the first one first
 * @param operations every known operation, enabled or not
 * @param warnings what the user should look at, full sentences; those of the facts are among them
 */
public record ImageInspection(
        List<DiskInfo> disks,
        Facts facts,
        List<OperationInfo> operations,
        List<ParameterInfo> parameters,
        List<Message> warnings) {

    /** Copies the lists. */
    public ImageInspection {
        disks = List.copyOf(disks);
        operations = List.copyOf(operations);
        parameters = List.copyOf(parameters);
        warnings = List.copyOf(warnings);
    }

    /** For people, in a front end's words. */
    public List<String> lines(String image, Wording wording) {
        return InspectionText.of(image, this, wording);
    }

    /** For programs: maps, lists, texts, numbers and flags, of which {@link Json} makes JSON. */
    public Map<String, Object> document(String image) {
        return Json.map(InspectionJson.of(image, this));
    }

    /**
     * One disk.
     *
     * @param file name of the medium, without a directory
     * @param format qemu's name of its format
     * @param size virtual bytes
     * @param partitionTable {@code msdos}, {@code gpt} or {@code none}
     */
    public record DiskInfo(String file, String format, long size, String partitionTable) {}

    /** One operation, and whether it would run. */
    public record OperationInfo(
            String name, List<String> aliases, String description, boolean enabled, boolean applies) {}

    /** One sysprep parameter. */
    public record ParameterInfo(String name, String description, String type, String defaultValue, String value) {}
}
