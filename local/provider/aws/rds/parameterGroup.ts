import {
  type ApplyMethod,
  CreateDBParameterGroupCommand,
  type DBParameterGroup,
  DeleteDBParameterGroupCommand,
  DescribeDBParameterGroupsCommand,
  ListTagsForResourceCommand,
  ModifyDBParameterGroupCommand,
  paginateDescribeDBParameters,
  ResetDBParameterGroupCommand,
} from "@aws-sdk/client-rds";
import type { ParameterGroupArgs, ParameterGroupState } from "@pulumi/aws/rds/parameterGroup.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { isStatic } from "./parameters.ts";
import {
  absentWhenGone,
  fromTags,
  instances,
  isOfCreation,
  markCreated,
  rds,
  retagByArn,
  tagsOnCreation,
} from "./rds.ts";

type Parameter = NonNullable<Plain<ParameterGroupArgs>["parameters"]>[number];

/** As many as one request may hold (API_ModifyDBParameterGroup.html). */
const PARAMETERS_PER_REQUEST = 20;

async function find(call: AwsCall, name: string): Promise<DBParameterGroup | undefined> {
  const { DBParameterGroups } = await absentWhenGone(
    rds(call).send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name })),
  );
  return DBParameterGroups?.[0];
}

async function tagsOf(call: AwsCall, ResourceName: string | undefined) {
  return (await rds(call).send(new ListTagsForResourceCommand({ ResourceName }))).TagList;
}

/** Those that somebody has set; the others have the engine's values. */
async function parametersOf(call: AwsCall, name: string): Promise<Parameter[]> {
  const found: Parameter[] = [];
  const request = { DBParameterGroupName: name, Source: "user" };
  for await (const { Parameters = [] } of paginateDescribeDBParameters({ client: rds(call) }, request))
    for (const { ParameterName = "", ParameterValue, ApplyMethod } of Parameters)
      if (ParameterValue !== undefined)
        found.push({ name: ParameterName.toLowerCase(), value: ParameterValue, applyMethod: ApplyMethod });
  return found;
}

const chunks = (parameters: readonly Parameter[]): Parameter[][] =>
  Array.from({ length: Math.ceil(parameters.length / PARAMETERS_PER_REQUEST) }, (_, index) =>
    parameters.slice(index * PARAMETERS_PER_REQUEST, (index + 1) * PARAMETERS_PER_REQUEST),
  );

const toParameter = ({ name, value, applyMethod }: Parameter) => ({
  ParameterName: name.toLowerCase(),
  ParameterValue: value,
  ApplyMethod: applyMethod as ApplyMethod,
});

/** The group has exactly these set afterwards. */
async function setParameters(call: AwsCall, name: string, wanted: readonly Parameter[]): Promise<void> {
  const kept = new Set(wanted.map((parameter) => parameter.name.toLowerCase()));
  const left = (await parametersOf(call, name)).filter((parameter) => !kept.has(parameter.name));
  for (const chunk of chunks(left))
    await rds(call).send(
      new ResetDBParameterGroupCommand({
        DBParameterGroupName: name,
        ResetAllParameters: false,
        Parameters: chunk.map((parameter) => ({ ...toParameter(parameter), ParameterValue: undefined })),
      }),
    );
  for (const chunk of chunks(wanted))
    await rds(call).send(
      new ModifyDBParameterGroupCommand({ DBParameterGroupName: name, Parameters: chunk.map(toParameter) }),
    );
}

export default resource<Aws, ParameterGroupArgs, ParameterGroupState>({
  check({ family, parameters = [] }) {
    return parameters
      .filter(({ name, applyMethod }) => name && applyMethod === "immediate" && isStatic(family, name))
      .map(({ name }) => ({
        property: "parameters",
        reason: `parameters sets ${name}, which a database reads only when it starts; set its applyMethod to pending-reboot`,
      }));
  },

  async create(call, inputs) {
    const { DBParameterGroup } = await rds(call).send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName: nameOf(call, inputs),
        DBParameterGroupFamily: inputs.family,
        Description: inputs.description,
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return DBParameterGroup?.DBParameterGroupName as string;
  },

  async complete(call, id, { parameters = [] }) {
    await markCreated(call, (await find(call, id))?.DBParameterGroupArn);
    await setParameters(call, id, parameters);
  },

  async read(call, id) {
    const found = await find(call, id);
    if (!found) return undefined;
    const [parameters, tags] = await Promise.all([parametersOf(call, id), tagsOf(call, found.DBParameterGroupArn)]);
    return {
      arn: found.DBParameterGroupArn,
      description: found.Description,
      family: found.DBParameterGroupFamily,
      name: found.DBParameterGroupName,
      parameters,
      tags: fromTags(tags),
    };
  },

  async update(call, id, { news, changed }) {
    if (changed("parameters")) await setParameters(call, id, news.parameters ?? []);
  },

  async retag(call, id, tags) {
    await retagByArn(call, (await find(call, id))?.DBParameterGroupArn, tags);
  },

  async delete(call, id, { skipDestroy }) {
    if (skipDestroy) return;
    for await (const { DBInstanceIdentifier, DBParameterGroups = [] } of instances(call))
      if (DBParameterGroups.some(({ DBParameterGroupName }) => DBParameterGroupName === id))
        throw inUse(DBInstanceIdentifier);
    await rds(call).send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: id }));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const found = await find(call, nameOf(call, inputs));
      return found && isOfCreation(call, await tagsOf(call, found.DBParameterGroupArn))
        ? found.DBParameterGroupName
        : undefined;
    },
  },
});

/** By AWS's name for it: what is in use is asked again for a while, as the official provider does. */
function inUse(database: string | undefined): Error {
  const error = new Error(`the database ${database} uses it`);
  error.name = "InvalidDBParameterGroupState";
  return error;
}
