package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Exec;

/** Looks whether an image file is whole, as far as its format shows. */
public final class ImageCheck {

    /** A damaged table makes an error of each of its entries. */
    private static final int MOST = 10;

    private ImageCheck() {}

    /**
     * Opens the file as this format, whatever its bytes look like, and has qemu-img check it.
     *
     * @param format as {@link SourceImage#open} takes it
     * @param virtualSize bytes that the disk must have
     * @return what is wrong, a part of a sentence each; empty when all is well
     */
    public static List<String> findings(Path file, String format, long virtualSize, Exec exec) throws IOException {
        QemuImg qemu = new QemuImg(exec);
        SourceImage image;
        try {
            image = new SourceOpener(qemu, new ImageUse(null)).open(file.toAbsolutePath(), format);
        } catch (ImageException damaged) {
            if (damaged.kind() != Kind.SOURCE && damaged.kind() != Kind.UNSUPPORTED) {
                throw damaged;
            }
            return List.of(reason(damaged));
        }
        List<String> findings = new ArrayList<>();
        if (image.files().size() > 1) {
            findings.add("it is not whole without " + image.files().get(1).getFileName());
        }
        if (image.virtualSize() != virtualSize) {
            findings.add("its disk has " + image.virtualSize() + " bytes, noted are " + virtualSize);
        }
        if (image instanceof ContainerSource container) {
            List<String> complaints = qemu.complaints(container.image());
            complaints.stream().limit(MOST).forEach(line -> findings.add("qemu-img check says: " + line));
            if (complaints.size() > MOST) {
                findings.add("qemu-img check says " + (complaints.size() - MOST) + " things more");
            }
        }
        return findings;
    }

    /** The message without its advice, which is meant for sources. */
    private static String reason(ImageException failure) {
        return failure.problem().toString();
    }
}
