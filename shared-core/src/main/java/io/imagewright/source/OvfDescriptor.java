package io.imagewright.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.disk.XmlElement;

/**
 * The disks of the machine that an OVF describes (DSP0243, 1 and 2: References, DiskSection, VirtualHardwareSection).
 *
 * @param disks those that are files, in the machine's order
 * @param empty ids of disks that are no files: the machine gets them empty
 * @param unattached ids of disks that no drive of the machine has, while it has drives
 */
record OvfDescriptor(List<Disk> disks, List<String> empty, List<String> unattached) {

    /** CIM's number of a disk drive. */
    private static final String DISK_DRIVE = "17";

    /**
     * One disk.
     *
     * @param file name of the member that holds it
     * @param gzip whether that is compressed
     */
    record Disk(String file, boolean gzip) {}

    /** A sentence's part about what is wrong; for the user. */
    static final class Unusable extends IOException {

        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }

    static OvfDescriptor read(InputStream in) throws IOException {
        return new Reader(XmlElement.read(in)).read();
    }

    private record Reader(XmlElement root) {

        OvfDescriptor read() throws IOException {
            long machines = root.all("VirtualSystem").count();
            if (machines > 1) {
                throw new Unusable("it describes " + machines + " machines, and an image is made of one");
            }
            Map<String, XmlElement> files = byId("File", "id");
            Map<String, XmlElement> declared = byId("Disk", "diskId");
            List<Disk> disks = new ArrayList<>();
            List<String> empty = new ArrayList<>();
            List<String> order = order(declared);
            for (String id : order) {
                XmlElement disk = declared.get(id);
                if (disk != null && !disk.attribute("parentRef").isEmpty()) {
                    throw new Unusable("a child disk needs its parent: disk " + id + " has the parent "
                            + disk.attribute("parentRef") + ", and such disks are not merged here");
                }
                String reference = disk == null ? id : disk.attribute("fileRef");
                if (reference.isEmpty()) {
                    empty.add(id);
                } else {
                    disks.add(disk(Optional.ofNullable(files.get(reference))
                            .orElseThrow(() -> new Unusable("its description names a file that it does not list"))));
                }
            }
            List<String> unattached = declared.values().stream()
                    .filter(disk ->
                            !order.contains(disk.attribute("diskId")) && !order.contains(disk.attribute("fileRef")))
                    .map(disk -> disk.attribute("diskId"))
                    .sorted()
                    .toList();
            return new OvfDescriptor(List.copyOf(disks), List.copyOf(empty), unattached);
        }

        private Disk disk(XmlElement file) throws Unusable {
            if (!file.attribute("chunkSize").isEmpty()) {
                throw new Unusable("its disk is split into chunks");
            }
            String compression = file.attribute("compression");
            if (!compression.isEmpty() && !compression.equals("identity") && !compression.equals("gzip")) {
                throw new Unusable("its disk is compressed by a method other than gzip");
            }
            return new Disk(file.attribute("href"), compression.equals("gzip"));
        }

        private Map<String, XmlElement> byId(String element, String id) {
            Map<String, XmlElement> found = new HashMap<>();
            root.all(element).forEach(one -> found.putIfAbsent(one.attribute(id), one));
            return found;
        }

        /** Ids of disks, or of files that are disks, as the machine's controllers have them; without drives, as they are declared. */
        private List<String> order(Map<String, XmlElement> declared) {
            Map<String, Integer> places = new HashMap<>();
            items().map(item -> item.child("InstanceID")).forEach(id -> places.putIfAbsent(id, places.size()));
            List<String> attached = items().filter(
                            item -> item.child("ResourceType").equals(DISK_DRIVE))
                    .filter(item -> !item.child("HostResource").isEmpty())
                    .sorted(Comparator.comparingInt((XmlElement item) -> places.getOrDefault(item.child("Parent"), -1))
                            .thenComparingInt(item -> number(item.child("AddressOnParent"))))
                    .map(item -> lastSegment(item.child("HostResource")))
                    .distinct()
                    .toList();
            return attached.isEmpty()
                    ? root.all("Disk")
                            .map(disk -> disk.attribute("diskId"))
                            .filter(declared::containsKey)
                            .distinct()
                            .toList()
                    : attached;
        }

        private Stream<XmlElement> items() {
            return Stream.concat(root.all("Item"), root.all("StorageItem"));
        }

        private static int number(String digits) {
            return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
        }

        /** Of {@code ovf:/disk/vmdisk1}. */
        private static String lastSegment(String resource) {
            return resource.substring(resource.lastIndexOf('/') + 1);
        }
    }
}
