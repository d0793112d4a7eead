package io.imagewright.format;

/**
 * The text that describes a machine with one disk: DMTF DSP0243, "Open Virtualization Format Specification" 1.1, which VMware's products and
 * VirtualBox read.
 *
 * @param name of the machine
 * @param disk file name of the vmdk
 * @param stored bytes of that file
 * @param capacity bytes of the disk
 */
record OvfEnvelope(String name, String disk, long stored, long capacity, OvaOptions machine) {

    /** CIM_OperatingSystem: another one of 64 bits; what is on the disk is not asked. */
    private static final String OTHER_64_BIT = "102";

    private static final String SCHEMAS = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";

    String text() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"")
                .append(" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"")
                .append(" xmlns:rasd=\"" + SCHEMAS + "CIM_ResourceAllocationSettingData\"")
                .append(" xmlns:vssd=\"" + SCHEMAS + "CIM_VirtualSystemSettingData\"")
                .append(" xmlns:vmw=\"http://www.vmware.com/schema/ovf\">\n");
        xml.append("""
                  <References>
                    <File ovf:id="file1" ovf:href="%1$s" ovf:size="%2$s"/>
                  </References>
                  <DiskSection>
                    <Info>Disks</Info>
                    <Disk ovf:diskId="vmdisk1" ovf:fileRef="file1" ovf:capacity="%3$s" ovf:capacityAllocationUnits="byte" \
                ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
                  </DiskSection>
                  <NetworkSection>
                    <Info>Networks</Info>
                    <Network ovf:name="VM Network">
                      <Description>The network of the machine</Description>
                    </Network>
                  </NetworkSection>
                  <VirtualSystem ovf:id="%4$s">
                    <Info>A machine</Info>
                    <Name>%4$s</Name>
                    <OperatingSystemSection ovf:id="%5$s">
                      <Info>The operating system</Info>
                    </OperatingSystemSection>
                    <VirtualHardwareSection>
                      <Info>Hardware</Info>
                      <System>
                        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
                        <vssd:InstanceID>0</vssd:InstanceID>
                        <vssd:VirtualSystemIdentifier>%4$s</vssd:VirtualSystemIdentifier>
                        <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>
                      </System>
                """.formatted(
                        escaped(disk), Long.toString(stored), Long.toString(capacity), escaped(name), OTHER_64_BIT));
        item(xml, 1, 3, "Processors", "<rasd:VirtualQuantity>" + machine.processors() + "</rasd:VirtualQuantity>");
        item(
                xml,
                2,
                4,
                "Memory",
                "<rasd:VirtualQuantity>" + machine.memory() + "</rasd:VirtualQuantity>",
                "<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>");
        item(
                xml,
                3,
                6,
                "SCSI controller",
                "<rasd:Address>0</rasd:Address>",
                "<rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>");
        item(
                xml,
                4,
                17,
                "Disk",
                "<rasd:AddressOnParent>0</rasd:AddressOnParent>",
                "<rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource>",
                "<rasd:Parent>3</rasd:Parent>");
        item(
                xml,
                5,
                10,
                "Network adapter",
                "<rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>",
                "<rasd:Connection>VM Network</rasd:Connection>",
                "<rasd:ResourceSubType>E1000</rasd:ResourceSubType>");
        if (machine.firmware() == OvaOptions.Firmware.EFI) {
            xml.append("      <vmw:Config ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"efi\"/>\n");
        }
        return xml.append("    </VirtualHardwareSection>\n  </VirtualSystem>\n</Envelope>\n")
                .toString();
    }

    /** The schema wants the elements of an item in the order of their names. */
    private static void item(StringBuilder xml, int id, int type, String name, String... more) {
        java.util.List<String> elements = new java.util.ArrayList<>(java.util.List.of(more));
        elements.add("<rasd:ElementName>" + name + "</rasd:ElementName>");
        elements.add("<rasd:InstanceID>" + id + "</rasd:InstanceID>");
        elements.add("<rasd:ResourceType>" + type + "</rasd:ResourceType>");
        xml.append("      <Item>\n");
        elements.stream()
                .sorted()
                .forEach(element -> xml.append("        ").append(element).append('\n'));
        xml.append("      </Item>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
