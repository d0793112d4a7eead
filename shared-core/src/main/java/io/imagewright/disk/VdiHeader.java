package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** What the header of a VirtualBox disk, version 1.1, says of its kind and parent (VirtualBox, Storage/VDICore.h). Little-endian. */
final class VdiHeader {

    private static final int TYPE_AT = 0x4C;
    private static final int PARENT_AT = 0x1A8;
    private static final int SIZE = 0x1B8;

    private static final int UNDO = 3;
    private static final int DIFFERENCING = 4;

    private VdiHeader() {}

    /** VirtualBox names parents by their ids alone. */
    static Optional<String> parent(SparseFile file, Path path) throws IOException {
        if (file.size() < SIZE) {
            throw QemuImg.damaged(path, "it ends inside its header");
        }
        ByteBuffer head = ByteBuffer.allocate(SIZE);
        file.read(0, head);
        int type = Integer.reverseBytes(head.getInt(TYPE_AT));
        UUID parent = Guids.get(head, PARENT_AT);
        boolean isChild = type == UNDO || type == DIFFERENCING || !parent.equals(Guids.NONE);
        return isChild ? Optional.of("the disk with the id " + parent) : Optional.empty();
    }
}
