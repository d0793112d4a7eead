package io.imagewright.format;

/** {@code containerdisk} as it comes. */
public class ContainerDiskOciOutputTest extends ContainerDiskOutputContract {

    @Override
    String transport() {
        return "oci-archive";
    }
}
