import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import type { Values } from "../model/values.ts";

/** A disk that a machine starts with. */
interface Disk {
  readonly encrypted: boolean;
  readonly name: string;
}

/** The disks that a launch template, a machine or a volume says something of. Of the others the image decides. */
export function disksOf(resource: Resource): readonly Disk[] {
  if (resource.type === TYPES.ebsVolume) return [{ encrypted: resource.flag("encrypted"), name: "it" }];
  if (resource.type === TYPES.launchTemplate) {
    return resource
      .each("blockDeviceMappings")
      .filter((mapping) => mapping.isSet("ebs"))
      .map((mapping) => ({ encrypted: mapping.flag("ebs.encrypted"), name: mapping.text("deviceName") ?? "a disk" }));
  }
  const root: readonly Values[] = resource.each("rootBlockDevice");
  return [
    ...root.map((disk) => ({ encrypted: disk.flag("encrypted"), name: "the root disk" })),
    ...resource
      .each("ebsBlockDevices")
      .map((disk) => ({ encrypted: disk.flag("encrypted"), name: disk.text("deviceName") ?? "a disk" })),
  ];
}
