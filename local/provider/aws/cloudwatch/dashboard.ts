import { isDeepStrictEqual } from "node:util";
import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  type GetDashboardCommandOutput,
  PutDashboardCommand,
} from "@aws-sdk/client-cloudwatch";
import type { DashboardArgs, DashboardState } from "@pulumi/aws/cloudwatch/dashboard.js";
import { isNotFound } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { checkBody } from "./dashboardRules.ts";

async function find(call: AwsCall, DashboardName: string): Promise<GetDashboardCommandOutput | undefined> {
  try {
    return await cloudwatch(call).send(new GetDashboardCommand({ DashboardName }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function put(call: AwsCall, { dashboardName, dashboardBody }: Plain<DashboardArgs>): Promise<void> {
  await cloudwatch(call).send(new PutDashboardCommand({ DashboardName: dashboardName, DashboardBody: dashboardBody }));
}

export default resource<Aws, DashboardArgs, DashboardState>({
  check: ({ dashboardBody }) => (dashboardBody === undefined ? [] : checkBody(dashboardBody)),

  /** AWS takes a dashboard of a name that exists for a change of it, and so does the official provider. */
  async create(call, inputs) {
    await put(call, inputs);
    return inputs.dashboardName;
  },

  async read(call, id) {
    const found = await find(call, id);
    return (
      found && {
        dashboardArn: found.DashboardArn,
        dashboardBody: found.DashboardBody,
        dashboardName: found.DashboardName,
      }
    );
  },

  update: (call, _id, { news }) => put(call, news),

  async delete(call, id) {
    await cloudwatch(call).send(new DeleteDashboardsCommand({ DashboardNames: [id] }));
  },

  /** The same document in another order of its keys. */
  tolerates: (property, before, after) =>
    property === "dashboardBody" && isDeepStrictEqual(JSON.parse(String(before)), JSON.parse(String(after))),

  lost: {
    by: ["dashboardName", "dashboardBody"],
    async find(call, { dashboardName = "", dashboardBody }) {
      const found = await find(call, dashboardName);
      return found && found.DashboardBody === dashboardBody ? dashboardName : undefined;
    },
  },
});
