import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  DescribeTagsCommand,
  ModifyLaunchTemplateCommand,
} from "@aws-sdk/client-ec2";
import type { LaunchTemplateArgs, LaunchTemplateState } from "@pulumi/aws/ec2/launchTemplate.js";
import { resource } from "../../core/resource.ts";
import { accountId } from "../account.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";
import { dataOf } from "./launchTemplate/data.ts";
import { readVersion, versionOf } from "./launchTemplate/read.ts";
import { checkTemplate } from "./launchTemplate/rules.ts";

async function describe(call: AwsCall, id: string) {
  const { LaunchTemplates } = await ec2(call).send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [id] }));
  return LaunchTemplates?.[0];
}

/** moto shows a template with the tags of its creation for ever, and elsewhere with those that it has. */
async function tagsOf(call: AwsCall, id: string): Promise<Record<string, string>> {
  const { Tags } = await ec2(call).send(new DescribeTagsCommand({ Filters: [{ Name: "resource-id", Values: [id] }] }));
  return fromTags(Tags);
}

/** What does not make a new version: which of the versions is the default. */
const CHOICES = ["defaultVersion", "updateDefaultVersion"];

export default resource<Aws, LaunchTemplateArgs, LaunchTemplateState>({
  check: checkTemplate,

  async create(call, inputs) {
    const made = await ec2(call).send(
      new CreateLaunchTemplateCommand({
        ClientToken: call.token,
        LaunchTemplateName: nameOf(call, inputs),
        VersionDescription: inputs.description,
        LaunchTemplateData: dataOf(inputs),
        TagSpecifications: tagsOnCreation(call, "launch-template", inputs.tags),
      }),
    );
    return made.LaunchTemplate?.LaunchTemplateId as string;
  },

  complete: markCreated,

  async read(call, id, known) {
    const template = await describe(call, id);
    if (!template) return undefined;
    const { DefaultVersionNumber, LatestVersionNumber } = template;
    return {
      arn: arn(call, await accountId(call), `launch-template/${id}`),
      name: template.LaunchTemplateName,
      defaultVersion: DefaultVersionNumber,
      latestVersion: LatestVersionNumber,
      ...readVersion(await versionOf(call, id, String(LatestVersionNumber)), known),
      tags: await tagsOf(call, id),
    };
  },

  /** A version never changes: other contents are another version. */
  async update(call, id, { olds, news, changed }) {
    let latest = String(olds.latestVersion);
    if (Object.keys({ ...olds, ...news }).some((key) => !CHOICES.includes(key) && changed(key as "description"))) {
      const made = await ec2(call).send(
        new CreateLaunchTemplateVersionCommand({
          ClientToken: call.token,
          LaunchTemplateId: id,
          VersionDescription: news.description,
          LaunchTemplateData: dataOf(news),
        }),
      );
      latest = String(made.LaunchTemplateVersion?.VersionNumber);
    }
    const chosen = news.updateDefaultVersion ? latest : changed("defaultVersion") && String(news.defaultVersion);
    if (chosen) await ec2(call).send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: id, DefaultVersion: chosen }));
  },

  retag,

  async delete(call, id) {
    // Asked for one that is gone, moto fails.
    if (await describe(call, id)) await ec2(call).send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));
  },

  lost: lostByTag,
});
