import { AssociateWebACLCommand, DisassociateWebACLCommand, GetWebACLForResourceCommand } from "@aws-sdk/client-wafv2";
import type { WebAclAssociationArgs, WebAclAssociationState } from "@pulumi/aws/wafv2/webAclAssociation.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { orNothing, wafv2, whenAvailable } from "./wafv2.ts";

/** Ids are `webAclArn,resourceArn`. */
function resourceOf(id: string): string {
  const [acl, resourceArn, more] = id.split(",");
  if (!acl || !resourceArn || more !== undefined)
    throw new ProviderError(
      `${id} is not the id of a web ACL association; it must be of the form webAclArn,resourceArn`,
    );
  return resourceArn;
}

const aclOf = async (call: AwsCall, ResourceArn: string) =>
  (await orNothing(wafv2(call).send(new GetWebACLForResourceCommand({ ResourceArn }))))?.WebACL?.ARN;

export default resource<Aws, WebAclAssociationArgs, WebAclAssociationState>({
  /** A resource that has a web ACL changes over to this one. */
  async create(call, { webAclArn, resourceArn }) {
    await whenAvailable(call, `${webAclArn} and ${resourceArn}`, () =>
      wafv2(call).send(new AssociateWebACLCommand({ WebACLArn: webAclArn, ResourceArn: resourceArn })),
    );
    return `${webAclArn},${resourceArn}`;
  },

  async read(call, id) {
    const resourceArn = resourceOf(id);
    const webAclArn = await aclOf(call, resourceArn);
    return webAclArn ? { webAclArn, resourceArn } : undefined;
  },

  /**
   * Whatever its web ACL is by now: one that a replacement has put in its place goes with the old one, as with the official
   * provider (https://github.com/pulumi/pulumi-aws/issues/4782); `deleteBeforeReplace` is the way out.
   */
  async delete(call, id) {
    await wafv2(call).send(new DisassociateWebACLCommand({ ResourceArn: resourceOf(id) }));
  },

  lost: {
    by: ["webAclArn", "resourceArn"],
    async find(call, { webAclArn, resourceArn = "" }) {
      return (await aclOf(call, resourceArn)) === webAclArn ? `${webAclArn},${resourceArn}` : undefined;
    },
  },
});
