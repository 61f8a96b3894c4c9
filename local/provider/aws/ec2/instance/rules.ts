/** What the official provider or AWS refuses about an instance, beyond single properties. */
import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
import { UNSUPPORTED } from "../../../core/check.ts";
import type { Plain, Problem } from "../../../core/resource.ts";
import { checkShape } from "../../ebs/volumes.ts";
import { bytesOf, isBase64, LIMIT } from "./userData.ts";

type Args = Partial<Plain<InstanceArgs>>;

export function checkInstance(inputs: Args): Problem[] {
  return [...userDataProblems(inputs), ...diskProblems(inputs), ...companyProblems(inputs)];
}

function* userDataProblems({ userData, userDataBase64 }: Args): Iterable<Problem> {
  if (userDataBase64 && !isBase64(userDataBase64))
    yield { property: "userDataBase64", reason: "userDataBase64 must be Base64; give text as userData" };
  const length = bytesOf({ userData, userDataBase64 })?.length ?? 0;
  const property = userData ? "userData" : "userDataBase64";
  if (length > LIMIT)
    yield { property, reason: `${property} must have at most ${LIMIT} bytes before it is encoded, got ${length}` };
}

function* diskProblems({ rootBlockDevice, ebsBlockDevices = [] }: Args): Iterable<Problem> {
  const disks = [
    ...(rootBlockDevice ? [{ at: "rootBlockDevice", disk: rootBlockDevice }] : []),
    ...ebsBlockDevices.map((disk, index) => ({ at: `ebsBlockDevices[${index}]`, disk })),
  ];
  const names = { size: "volumeSize", iops: "iops", throughput: "throughput" };
  for (const { at, disk } of disks) {
    const { volumeType: type, volumeSize: size, iops, throughput } = disk;
    for (const { part, rule } of checkShape({ type, size, iops, throughput }))
      yield { property: at.replace(/\[.*/, ""), reason: `${at}.${names[part]} ${rule}` };
  }
}

/** AWS takes only the default tenancy as one that needs no hosts of its own, and an emulated API has none. */
function* companyProblems({ tenancy, creditSpecification, instanceType }: Args): Iterable<Problem> {
  if (tenancy && tenancy !== "default") yield { property: "tenancy", reason: `tenancy "${tenancy}" ${UNSUPPORTED}` };
  if (creditSpecification && instanceType && !/^t\d/.test(instanceType))
    yield {
      property: "creditSpecification",
      reason: `creditSpecification is only for burstable instance types such as t4g.small, got ${instanceType}; remove it`,
    };
}
