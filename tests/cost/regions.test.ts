import test from "ava";
import { billable } from "../../cost/billable.ts";
import { preview, read, step, urn } from "../plan/documents.ts";

const PROVIDER = "pulumi:providers:aws";
const bucket = { type: "aws:s3/bucket:Bucket", name: "files" };

const provider = (name: string, inputs: object) => {
  const described = { type: PROVIDER, name, id: "p-1", inputs };
  return step("same", { before: described, after: described });
};

function regionOf(described: object, steps: readonly object[] = [], config: object = {}, region?: string) {
  const created = step("create", { after: { ...bucket, ...described } });
  return billable(read(preview([...steps, created], { config })), region).at(-1)?.after?.region;
}

const of = (name: string) => ({ provider: `${urn(PROVIDER, name)}::p-1` });
const CONFIG = { "aws:region": "eu-west-1" };

test("a resource is where it says", (t) => {
  t.is(
    regionOf({ inputs: { region: "eu-central-1" }, ...of("own") }, [provider("own", { region: "us-west-2" })]),
    "eu-central-1",
  );
  t.is(regionOf({ outputs: { region: "eu-central-1" } }, [], CONFIG), "eu-central-1");
  t.is(regionOf({ outputs: { arn: "arn:aws:rds:sa-east-1:1:db:x" } }, [], CONFIG), "sa-east-1");
  t.is(regionOf({ outputs: { arn: "arn:aws:s3:::files" } }, [], CONFIG), "eu-west-1");
});

test("else it is where its provider is", (t) => {
  t.is(regionOf(of("own"), [provider("own", { region: "us-west-2" })], CONFIG), "us-west-2");
  t.is(regionOf(of("default_7_48_0"), [provider("default_7_48_0", { region: "us-west-2" })], CONFIG), "us-west-2");
});

test("else it is where the stack's configuration says, unless its provider is the program's own", (t) => {
  t.is(regionOf({}, [], CONFIG), "eu-west-1");
  t.is(regionOf(of("default_7_48_0"), [], CONFIG), "eu-west-1");
  t.is(regionOf(of("own"), [], CONFIG), undefined);
  t.is(regionOf(of("own"), [provider("own", {})], CONFIG), undefined);
});

test("where nothing says it, it is where the caller says", (t) => {
  t.is(regionOf({}, [], {}, "us-east-1"), "us-east-1");
  t.is(regionOf(of("own"), [], CONFIG, "us-east-1"), "us-east-1");
  t.is(regionOf({}), undefined);
});
