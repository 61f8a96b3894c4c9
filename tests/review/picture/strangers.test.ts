import test from "ava";
import { readPlan } from "../../../plan/read.ts";
import { pictureOf } from "../../../review/picture/draw.ts";
import { svgOf } from "../../../review/picture/svg.ts";
import { bytes, events, preview, read, SUMMARY, state, step, urn } from "../../plan/documents.ts";
import { asideIn, edgesIn, nodesIn } from "./support.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const SERVER = "aws:ec2/instance:Instance";
const DATABASE = "aws:rds/instance:Instance";

interface Part {
  readonly type: string;
  readonly name: string;
  readonly propertyDependencies?: object;
  readonly [property: string]: unknown;
}

const creates = (...parts: readonly Part[]) => preview(parts.map((after) => step("create", { after })));

const group = (name: string, inputs: object, propertyDependencies: object = {}): Part => ({
  type: GROUP,
  name,
  inputs,
  propertyDependencies,
});

const behind = (type: string, name: string, firewall: string, inputs: object = {}): Part => ({
  type,
  name,
  inputs: { vpcSecurityGroupIds: ["sg-1"], ...inputs },
  propertyDependencies: { vpcSecurityGroupIds: [urn(GROUP, firewall)] },
});

const OPEN_EGRESS = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];

const ingress = (port: number, source: object) => [{ protocol: "tcp", fromPort: port, toPort: port, ...source }];

test("an empty plan is an empty picture, which says so", async (t) => {
  const picture = pictureOf(read(preview([])));
  t.deepEqual(picture, { stack: "", nodes: [], edges: [], places: [], aside: [], notes: [] });
  t.regex(await svgOf(picture), />There is nothing in this plan to draw\.<\/text>/);
});

test("rules that a security group has inside are ways, too, and what nothing demands TLS of is unsaid", (t) => {
  const picture = pictureOf(
    read(
      creates(
        group("front", { ingress: ingress(8443, { cidrBlocks: ["0.0.0.0/0"] }), egress: OPEN_EGRESS }),
        group("back", { ingress: ingress(5432, { securityGroups: ["sg-1"] }) }, { ingress: [urn(GROUP, "front")] }),
        behind(SERVER, "api", "front", { instanceType: "m7g.large" }),
        behind(DATABASE, "store", "back", { engine: "postgres", engineVersion: "17.2", storageEncrypted: false }),
      ),
    ),
  );
  t.deepEqual(nodesIn(picture), [
    "internet anybody: unchanged",
    "server api (m7g.large): new",
    "database store (postgres 17.2; not encrypted): new",
  ]);
  t.deepEqual(edgesIn(picture), ["api -> store: 5432 unsaid new", "internet -> api: 8443 unsaid new"]);
});

test("a database whose parameters force TLS has TLS", (t) => {
  const parameters = "aws:rds/parameterGroup:ParameterGroup";
  const { propertyDependencies, ...store } = behind(DATABASE, "store", "back");
  const picture = pictureOf(
    read(
      creates(
        group("back", { ingress: ingress(5432, { cidrBlocks: ["203.0.113.0/24"] }) }),
        { type: parameters, name: "forced", inputs: { parameters: [{ name: "rds.force_ssl", value: "1" }] } },
        {
          ...store,
          propertyDependencies: { ...propertyDependencies, parameterGroupName: [urn(parameters, "forced")] },
        },
      ),
    ),
  );
  t.deepEqual(edgesIn(picture), ["addresses 203.0.113.0/24 -> store: 5432 tls new"]);
  t.deepEqual(nodesIn(picture), ["outside 203.0.113.0/24: unchanged", "database store (not encrypted): new"]);
});

test("what the firewall of the one side does not let out is no way", (t) => {
  const picture = pictureOf(
    read(
      creates(
        group("front", { egress: ingress(443, { cidrBlocks: ["0.0.0.0/0"] }) }),
        group("back", { ingress: ingress(5432, { securityGroups: ["sg-1"] }) }, { ingress: [urn(GROUP, "front")] }),
        behind(SERVER, "api", "front"),
        behind(DATABASE, "store", "back"),
      ),
    ),
  );
  t.deepEqual(edgesIn(picture), []);
});

test("what has no place is told by what it is for, also what is none of AWS", (t) => {
  const picture = pictureOf(
    read(
      creates(
        { type: "aws:lambda/function:Function", name: "resize" },
        { type: "aws:lambda/function:Function", name: "mail" },
        { type: "aws:dynamodb/table:Table", name: "orders" },
        { type: "cloudflare:index/record:Record", name: "www" },
        { type: "aws:s3/bucketV2:BucketV2", name: "files" },
      ),
    ),
  );
  t.deepEqual(nodesIn(picture), []);
  t.deepEqual(asideIn(picture), [
    "Buckets and disks: 1 bucket",
    "Everything else: 2 functions, 1 cloudflare record, 1 table",
  ]);
});

test("events say nothing of the graph: all is aside, and the picture says why", (t) => {
  const metadata = { op: "create", urn: urn(SERVER, "api"), new: state({ type: SERVER, name: "api" }) };
  const picture = pictureOf(readPlan(bytes(events([{ resourcePreEvent: { metadata } }, SUMMARY]))));
  t.deepEqual(picture.nodes, []);
  t.deepEqual(asideIn(picture), ["Servers and balancing: 1 instance"]);
  t.deepEqual(picture.notes, [
    "The events of the engine do not say what comes from what, so there are no tiers and no paths.",
  ]);
});

test("from four copies on one is drawn, which stands for all", (t) => {
  const copies = (count: number) =>
    pictureOf(read(creates(...Array.from({ length: count }, (_, copy) => ({ type: SERVER, name: `worker-${copy}` })))));
  t.deepEqual(nodesIn(copies(3)), ["server worker-0: new", "server worker-1: new", "server worker-2: new"]);
  t.deepEqual(nodesIn(copies(4)), ["server worker-0 (one of 4 alike): new"]);
  t.is(copies(4).nodes[0]?.parts.length, 4);
});
