/** A web ACL as the provider has it and as the API has it. */
import type { AssociationConfig, CustomResponseBody, UpdateWebACLCommandInput, WebACL } from "@aws-sdk/client-wafv2";
import type { WebAclArgs, WebAclState } from "@pulumi/aws/wafv2/webAcl.js";
import type { Plain } from "../../../core/resource.ts";
import { fromApi, toApi } from "../words.ts";

export type Args = Plain<WebAclArgs>;
export type State = Partial<Plain<WebAclState>>;

type Settings = Omit<UpdateWebACLCommandInput, "Id" | "LockToken" | "Name" | "Scope">;
type Bodies = NonNullable<Args["customResponseBodies"]>;
type Association = NonNullable<Args["associationConfig"]>;

/** All that an update says anew: what it leaves out is gone afterwards. */
export const toSettings = (inputs: Args): Settings => ({
  AssociationConfig: inputs.associationConfig && toAssociation(inputs.associationConfig),
  CaptchaConfig: toApi(inputs.captchaConfig),
  ChallengeConfig: toApi(inputs.challengeConfig),
  CustomResponseBodies: inputs.customResponseBodies && toBodies(inputs.customResponseBodies),
  DataProtectionConfig: toApi(inputs.dataProtectionConfig),
  DefaultAction: toApi(inputs.defaultAction),
  Description: inputs.description,
  Rules: toApi(inputs.rules ?? []),
  TokenDomains: inputs.tokenDomains,
  VisibilityConfig: toApi(inputs.visibilityConfig),
});

export const fromSettings = (acl: WebACL): State => ({
  arn: acl.ARN,
  associationConfig: acl.AssociationConfig && fromAssociation(acl.AssociationConfig),
  capacity: acl.Capacity,
  captchaConfig: fromApi(acl.CaptchaConfig),
  challengeConfig: fromApi(acl.ChallengeConfig),
  customResponseBodies: acl.CustomResponseBodies && fromBodies(acl.CustomResponseBodies),
  dataProtectionConfig: fromApi(acl.DataProtectionConfig),
  defaultAction: fromApi(acl.DefaultAction),
  // The API tells an empty text of none.
  description: acl.Description || undefined,
  name: acl.Name,
  rules: acl.Rules?.length ? fromApi(acl.Rules) : undefined,
  tokenDomains: acl.TokenDomains,
  visibilityConfig: fromApi(acl.VisibilityConfig),
});

const toBodies = (bodies: Bodies): Record<string, CustomResponseBody> =>
  Object.fromEntries(bodies.map(({ key, ...body }) => [key, toApi(body)]));

const fromBodies = (bodies: Record<string, CustomResponseBody>): Bodies =>
  Object.entries(bodies).map(([key, body]) => ({ key, ...fromApi<Omit<Bodies[number], "key">>(body) }));

/** The API has kinds of resources as keys: `API_GATEWAY` for `apiGateway`. */
const toAssociation = ({ requestBodies = [] }: Association): AssociationConfig => ({
  RequestBody: Object.fromEntries(
    Object.entries(requestBodies[0] ?? {}).map(([kind, limit]) => [
      kind.replaceAll(/[A-Z]/g, "_$&").toUpperCase(),
      toApi(limit),
    ]),
  ),
});

const fromAssociation = ({ RequestBody = {} }: AssociationConfig): Association => ({
  requestBodies: [
    Object.fromEntries(
      Object.entries(RequestBody).map(([kind, limit]) => [
        kind.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        fromApi(limit),
      ]),
    ),
  ],
});
