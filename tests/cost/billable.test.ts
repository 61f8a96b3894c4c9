import test from "ava";
import { billable, billNotices } from "../../cost/billable.ts";
import { preview, read, step } from "../plan/documents.ts";

const small = { type: "aws:sqs/queue:Queue", name: "jobs", inputs: { size: 1 } };

test("components, providers and the stack are not billed", (t) => {
  const steps = [
    step("create", { after: { type: "pulumi:pulumi:Stack", name: "other-shop", custom: false } }),
    step("create", { after: { type: "acme:web:Site", name: "site", custom: false } }),
    step("create", { after: { type: "pulumi:providers:aws", name: "default_7_48_0" } }),
    step("create", { after: small }),
  ];
  t.deepEqual(
    billable(read(preview(steps)), undefined).map(({ type }) => type),
    [small.type],
  );
});

test("a resource that stays in the account, and one that is there already, are told of", (t) => {
  const plan = read(
    preview([
      step("delete", { before: { ...small, retainOnDelete: true } }),
      step("delete", { before: { ...small, name: "gone" } }),
      step("import", { after: { ...small, name: "old" } }),
      step("import", { after: { type: "acme:web:Site", name: "site", custom: false } }),
    ]),
  );
  t.deepEqual(billNotices(plan), [
    "jobs leaves the stack and stays in the account (retainOnDelete): AWS goes on billing it.",
    "old is imported: AWS bills it already, the stack did not have it.",
  ]);
});
