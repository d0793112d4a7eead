package io.imagewright.boot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * The UEFI firmware for virtual machines.
 *
 * @param code the program; the same for all machines
 * @param variables what a machine's own settings begin with
 */
record Ovmf(Path code, Path variables) {

    /** Where Debian, Fedora, Arch and openSUSE put it; without Secure Boot, which would refuse unsigned loaders. */
    private static final List<Ovmf> PLACES = List.of(
            at("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"),
            at("/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"),
            at("/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"),
            at("/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"),
            at("/usr/share/qemu/ovmf-x86_64-code.bin", "/usr/share/qemu/ovmf-x86_64-vars.bin"));

    private static Ovmf at(String code, String variables) {
        return new Ovmf(Path.of(code), Path.of(variables));
    }

    /** @throws ImageException ENVIRONMENT when it is not installed */
    static Ovmf find() {
        return PLACES.stream()
                .filter(place -> Files.isReadable(place.code) && Files.isReadable(place.variables))
                .findFirst()
                .orElseThrow(() -> ImageException.of(
                        Kind.ENVIRONMENT,
                        "Cannot boot a disk that needs UEFI",
                        "the firmware OVMF is not installed",
                        "Install it (Debian and Ubuntu: apt-get install ovmf)."));
    }
}
