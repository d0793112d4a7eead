package io.imagewright.sysprep.windows;

import java.util.List;

/** Restore points and shadow copies hold every file that was deleted or changed. The number is that of the shadow-copy provider. */
public final class RemoveShadowCopies implements FileRemoval {

    @Override
    public String name() {
        return "remove-shadow-copies";
    }

    @Override
    public String description() {
        return "Deletes the store of restore points and shadow copies.";
    }

    @Override
    public List<String> patterns() {
        return List.of("System Volume Information/*{3808876b-c176-4e48-b7ae-04046e6cc752}");
    }
}
