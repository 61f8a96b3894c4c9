/** A small stack that is not ours, and a price book whose numbers a reader can work with in their head. */
import { costOf, type EstimateOptions } from "../../cost/estimate.ts";
import { bookOf } from "../../cost/prices/book.ts";
import { preview, read, step, urn } from "../plan/documents.ts";

export const NAT = "aws:ec2/natGateway:NatGateway";
export const ADDRESS = "aws:ec2/eip:Eip";
export const TOPIC = "aws:sns/topic:Topic";
export const GROUP = "aws:autoscaling/group:Group";
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const DATABASE = "aws:rds/instance:Instance";

export const DATE = new Date("2026-11-24T00:00:00Z");

const priced = (unit: string, usd: number) => ({
  unit,
  regions: { "eu-west-1": { usd, date: "2026-10-01", sources: ["made up"] } },
});

export const BOOK = bookOf(
  [
    {
      "nat/hour": priced("hour", 0.05),
      "nat/gb": priced("GB", 0.04),
      "vpc/public-ipv4": priced("hour", 0.005),
      "transfer/internet": priced("GB", 0.1),
      "transfer/zones": priced("GB", 0.01),
      "sns/requests": priced("1,000,000 requests", 0.5),
      "sns/http": priced("100,000 messages", 0.06),
      "sns/email": priced("100,000 messages", 2),
      "ec2/t4g.small": priced("hour", 0.02),
      "ec2/t4g.medium": priced("hour", 0.04),
      "rds/mysql/db.m7g.large/single": priced("hour", 0.2),
      "rds/mysql/db.m7g.large/multi": priced("hour", 0.41),
      "ebs/gp3/gb": priced("GB-month", 0.1),
      "waf/web-acl": priced("month", 5),
    },
  ],
  [{ item: "messages", key: "sns/requests", quantity: 1, unit: "1,000,000 requests", source: "made up" }],
);

export interface Described {
  readonly type: string;
  readonly name: string;
  readonly [property: string]: unknown;
}

export const nat = (name: string, inputs: object = {}): Described => ({
  type: NAT,
  name,
  inputs: { tags: { tier: "network" }, ...inputs },
});

export const fleet = (size: number, type = "t4g.small"): readonly Described[] => [
  { type: TEMPLATE, name: "web-template", id: "lt-1", inputs: { instanceType: type } },
  {
    type: GROUP,
    name: "web",
    inputs: {
      minSize: size,
      maxSize: 2 * size,
      desiredCapacity: size,
      launchTemplate: { id: "lt-1" },
      tags: [{ key: "tier", value: "web", propagateAtLaunch: true }],
    },
    propertyDependencies: { launchTemplate: [urn(TEMPLATE, "web-template")] },
  },
];

/** Steps that make these resources of nothing. */
export const creates = (...resources: readonly Described[]) => resources.map((after) => step("create", { after }));

export const estimate = (steps: readonly object[], options: EstimateOptions = {}, rest: object = {}) =>
  costOf(read(preview(steps, rest)), { book: BOOK, date: DATE, ...options });
