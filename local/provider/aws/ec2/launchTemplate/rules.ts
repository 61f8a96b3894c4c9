/** What the official provider or AWS refuses about a launch template, beyond single properties. */
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate.js";
import { UNSUPPORTED } from "../../../core/check.ts";
import type { Plain, Problem } from "../../../core/resource.ts";
import { checkShape } from "../../ebs/volumes.ts";
import { isBase64, LIMIT } from "../instance/userData.ts";

type Args = Partial<Plain<LaunchTemplateArgs>>;

export function checkTemplate(inputs: Args): Problem[] {
  return [...userDataProblems(inputs), ...diskProblems(inputs), ...companyProblems(inputs)];
}

function* userDataProblems({ userData }: Args): Iterable<Problem> {
  if (!userData) return;
  const rule = (words: string): Problem => ({ property: "userData", reason: `userData ${words}` });
  if (!isBase64(userData)) return yield rule("must be Base64: Buffer.from(text).toString('base64')");
  const { length } = Buffer.from(userData, "base64");
  if (length > LIMIT) yield rule(`must have at most ${LIMIT} bytes before it is encoded, got ${length}`);
}

function* diskProblems({ blockDeviceMappings = [] }: Args): Iterable<Problem> {
  const names = { size: "volumeSize", iops: "iops", throughput: "throughput" };
  for (const [index, { ebs }] of blockDeviceMappings.entries()) {
    const { volumeType: type, volumeSize: size, iops, throughput } = ebs ?? {};
    for (const { part, rule } of checkShape({ type, size, iops, throughput }))
      yield {
        property: "blockDeviceMappings",
        reason: `blockDeviceMappings[${index}].ebs.${names[part]} ${rule}`,
      };
  }
}

function* companyProblems({ imageId, networkInterfaces = [], vpcSecurityGroupIds, tagSpecifications = [] }: Args) {
  if (imageId?.startsWith("resolve:")) yield { property: "imageId", reason: `imageId "${imageId}" ${UNSUPPORTED}` };
  if (vpcSecurityGroupIds?.length && networkInterfaces.length > 0)
    yield {
      property: "vpcSecurityGroupIds",
      reason:
        "vpcSecurityGroupIds cannot be set together with networkInterfaces; give the groups as networkInterfaces[*].securityGroups",
    };
  const types = tagSpecifications.map(({ resourceType }) => resourceType);
  const twice = types.find((type, index) => type !== undefined && types.indexOf(type) < index);
  if (twice)
    yield {
      property: "tagSpecifications",
      reason: `tagSpecifications names ${twice} twice; put its tags into one entry`,
    };
}
