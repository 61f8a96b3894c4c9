import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";
import type { Values } from "../model/values.ts";

/** A disk that a machine starts with. */
interface Disk {
  readonly encrypted: boolean;
  readonly name: string;
}

const ROOT: Disk = { encrypted: false, name: "the root disk" };

/**
 * The disks that a launch template, a machine or a volume has as far as it says, and the root disk, which is as AWS makes it unless something is said of
 * it. Of other disks the image decides.
 */
export function disksOf(resource: Resource): readonly Disk[] {
  if (resource.type === TYPES.ebsVolume) return [{ encrypted: resource.flag("encrypted"), name: "the volume" }];
  if (resource.type === TYPES.launchTemplate) {
    const mapped = resource.each("blockDeviceMappings").filter((mapping) => mapping.isSet("ebs"));
    if (mapped.length === 0) return [ROOT];
    return mapped.map((mapping) => ({
      encrypted: mapping.flag("ebs.encrypted"),
      name: mapping.text("deviceName") ?? "a disk",
    }));
  }
  const root: readonly Values[] = resource.each("rootBlockDevice");
  return [
    ...(root.length === 0 ? [ROOT] : root.map((disk) => ({ ...ROOT, encrypted: disk.flag("encrypted") }))),
    ...resource
      .each("ebsBlockDevices")
      .map((disk) => ({ encrypted: disk.flag("encrypted"), name: disk.text("deviceName") ?? "a disk" })),
  ];
}
