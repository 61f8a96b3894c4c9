import {
  CreateWebACLCommand,
  DeleteWebACLCommand,
  GetWebACLCommand,
  type GetWebACLCommandOutput,
  ListWebACLsCommand,
  type Scope,
  UpdateWebACLCommand,
  type WebACLSummary,
} from "@aws-sdk/client-wafv2";
import type { WebAclArgs, WebAclState } from "@pulumi/aws/wafv2/webAcl.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { regionOf } from "../ec2/ec2.ts";
import { nameOf } from "../names.ts";
import { allTags, isOutdated, markCreated, orNothing, retag, tagsOnCreation, wafv2, whenAvailable } from "./wafv2.ts";
import { checkAcl } from "./webAcl/rules.ts";
import { fromSettings, type State, toSettings } from "./webAcl/settings.ts";

/** What the API knows a web ACL by. */
interface Place {
  readonly Id: string;
  readonly Name: string | undefined;
  readonly Scope: Scope;
}

async function* list(call: AwsCall, scope: string): AsyncIterable<WebACLSummary> {
  let NextMarker: string | undefined;
  do {
    const page = await wafv2(call).send(new ListWebACLsCommand({ Scope: scope as Scope, NextMarker }));
    yield* page.WebACLs ?? [];
    NextMarker = page.NextMarker;
  } while (NextMarker);
}

async function search(
  call: AwsCall,
  scope: string,
  isIt: (acl: WebACLSummary) => boolean,
): Promise<WebACLSummary | undefined> {
  for await (const acl of list(call, scope)) if (isIt(acl)) return acl;
  return undefined;
}

/** CloudFront's are kept in one region only, and the others refuse to look for them. */
const scopesOf = (call: AwsCall): string[] =>
  regionOf(call) === "us-east-1" ? ["REGIONAL", "CLOUDFRONT"] : ["REGIONAL"];

/** Where name and scope are not known beside the id, the account is searched. */
async function placeOf(call: AwsCall, id: string, { name, scope }: State): Promise<Place | undefined> {
  if (name && scope) return { Id: id, Name: name, Scope: scope as Scope };
  for (const one of scope ? [scope] : scopesOf(call)) {
    const found = await search(call, one, ({ Id }) => Id === id);
    if (found) return { Id: id, Name: found.Name, Scope: one as Scope };
  }
  return undefined;
}

async function find(call: AwsCall, id: string, known: State): Promise<(GetWebACLCommandOutput & Place) | undefined> {
  const place = await placeOf(call, id, known);
  const found = place && (await orNothing(wafv2(call).send(new GetWebACLCommand(place))));
  return place && found?.WebACL && { ...found, ...place };
}

/** Changes or removes it by the lock token that is known, or by the one of now when somebody else came in between. */
async function withLock(
  call: AwsCall,
  place: Place,
  known: string | undefined,
  send: (lock: Place & { LockToken: string | undefined }) => Promise<unknown>,
): Promise<void> {
  const attempt = (LockToken: string | undefined) =>
    whenAvailable(call, `web ACL ${place.Name}`, () => send({ ...place, LockToken }));
  const current = async () => (await wafv2(call).send(new GetWebACLCommand(place))).LockToken;
  try {
    await attempt(known ?? (await current()));
  } catch (error) {
    if (!isOutdated(error)) throw error;
    await attempt(await current());
  }
}

export default resource<Aws, WebAclArgs, WebAclState>({
  check: (inputs, isGiven) => [...checkAcl(inputs, isGiven)],

  async create(call, inputs) {
    const Name = nameOf(call, inputs);
    const made = await whenAvailable(call, `what web ACL ${Name} refers to`, () =>
      wafv2(call).send(
        new CreateWebACLCommand({
          ...toSettings(inputs),
          Name,
          Scope: inputs.scope as Scope,
          Tags: tagsOnCreation(call, inputs.tags),
        }),
      ),
    );
    return made.Summary?.Id as string;
  },

  async complete(call, id, inputs) {
    await markCreated(call, (await find(call, id, inputs))?.WebACL?.ARN);
  },

  async read(call, id, known) {
    const found = await find(call, id, known);
    if (!found?.WebACL) return undefined;
    const { [CREATING]: _, ...tags } = await allTags(call, found.WebACL.ARN);
    return {
      ...fromSettings(found.WebACL),
      applicationIntegrationUrl: found.ApplicationIntegrationURL,
      lockToken: found.LockToken,
      scope: found.Scope,
      tags,
    };
  },

  async update(call, id, { olds, news }) {
    const place = { Id: id, Name: olds.name, Scope: news.scope as Scope };
    await withLock(call, place, olds.lockToken, (lock) =>
      wafv2(call).send(new UpdateWebACLCommand({ ...toSettings(news), ...lock })),
    );
  },

  retag: (call, _id, change, { arn }) => retag(call, arn, change),

  async delete(call, id, state) {
    const place = await placeOf(call, id, state);
    if (place) await withLock(call, place, state.lockToken, (lock) => wafv2(call).send(new DeleteWebACLCommand(lock)));
  },

  // Imported by its id, its name and its scope: `a1b2c3d4-…/web/REGIONAL`.
  importedId: async (_call, name) => name.split("/")[0] as string,

  lost: {
    by: ["name", "namePrefix", "scope"],
    async find(call, inputs) {
      const name = nameOf(call, inputs);
      const found = await search(call, inputs.scope as string, ({ Name }) => Name === name);
      return found && (await allTags(call, found.ARN))[CREATING] === call.token ? found.Id : undefined;
    },
  },
});
