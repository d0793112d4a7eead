package io.imagewright.sysprep.windows;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsFirstBoot;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.OperationContext;

/** Makes Windows a client of a KMS host by the generic key that Microsoft publishes for its edition ("KMS client activation and product keys"). */
public final class KmsClientSetup implements WindowsOperation {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("Windows 7 Professional", "FJ82H-XT6CR-J8D7P-XQJJ2-GPDD4"),
            Map.entry("Windows 7 Enterprise", "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH"),
            Map.entry("Windows 8 Pro", "NG4HW-VH26C-733KW-K6F98-J8CK4"),
            Map.entry("Windows 8 Enterprise", "32JNW-9KQ84-P47T8-D8GGY-CWCK7"),
            Map.entry("Windows 8.1 Pro", "GCRJD-8NW9H-F2CDX-CCM8D-9D6T9"),
            Map.entry("Windows 8.1 Enterprise", "MHF9N-XY6XB-WVXMC-BTDCT-MKKG7"),
            Map.entry("Windows 10 Pro", "W269N-WFGWX-YVC9B-4J6C9-T83GX"),
            Map.entry("Windows 10 Enterprise", "NPPR9-FWDCX-D2C8J-H872K-2YT43"),
            Map.entry("Windows 11 Pro", "W269N-WFGWX-YVC9B-4J6C9-T83GX"),
            Map.entry("Windows 11 Enterprise", "NPPR9-FWDCX-D2C8J-H872K-2YT43"),
            Map.entry("Windows Server 2008 R2 Standard", "YC6KT-GKW9T-YTKYR-T4X34-R7VHC"),
            Map.entry("Windows Server 2008 R2 Enterprise", "489J6-VHDMP-X63PK-3K798-CPX3Y"),
            Map.entry("Windows Server 2008 R2 Datacenter", "74YFP-3QFB3-KQT8W-PMXWJ-7M648"),
            Map.entry("Windows Server 2012 Standard", "XC9B7-NBPP2-83J2H-RHMBY-92BT4"),
            Map.entry("Windows Server 2012 Datacenter", "48HP8-DN98B-MYWDG-T2DCC-8W83P"),
            Map.entry("Windows Server 2012 R2 Standard", "D2N9P-3P6X9-2R39C-7RTCD-MDVJX"),
            Map.entry("Windows Server 2012 R2 Datacenter", "W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9"),
            Map.entry("Windows Server 2016 Standard", "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY"),
            Map.entry("Windows Server 2016 Datacenter", "CB7KF-BWN84-R7R2Y-793K2-8XDDG"),
            Map.entry("Windows Server 2019 Standard", "N69G4-B89J2-4G8F4-WWYCC-J464C"),
            Map.entry("Windows Server 2019 Datacenter", "WMDGN-G9PQG-XVVXX-R3X43-63DFG"),
            Map.entry("Windows Server 2022 Standard", "VDYBN-27WPP-V4HQT-9VMD4-VMK7H"),
            Map.entry("Windows Server 2022 Datacenter", "WX4NM-KYWYW-QJJR4-XV3QB-6VM33"),
            Map.entry("Windows Server 2025 Standard", "TVRH6-WHNXV-R9WG3-9XRFY-MY832"),
            Map.entry("Windows Server 2025 Datacenter", "D764K-2NDRG-47T6Q-P8T8W-YP6DF"));

    @Override
    public String name() {
        return "kms-client-setup";
    }

    @Override
    public String description() {
        return "Gives Windows the generic product key with which it asks a KMS host for its activation.";
    }

    @Override
    public String effect() {
        return "At first boot: runs `slmgr.vbs /ipk` with the key that Microsoft publishes for: "
                + KEYS.keySet().stream().sorted().reduce((a, b) -> a + ", " + b).orElse("") + ".";
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Change> plan(OperationContext context, WindowsSystem system) {
        // by the whole name: Windows 10 Pro N has another key than Windows 10 Pro
        Optional<String> key = Optional.ofNullable(KEYS.get(system.product()));
        if (key.isEmpty()) {
            context.warn("No KMS client key is known for " + system.product() + ".");
            return List.of();
        }
        return new WindowsFirstBoot(system, context.guest())
                .script(
                        "10-" + name(),
                        "cscript //nologo \"%SystemRoot%\\System32\\slmgr.vbs\" /ipk " + key.get() + "\n");
    }
}
