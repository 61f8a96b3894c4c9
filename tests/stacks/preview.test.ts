import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { distributed } from "../../stacks/distributed.ts";
import { secured } from "../../stacks/secured.ts";
import { simple } from "../../stacks/simple.ts";
import { record } from "../record.ts";
import { type ArchitectureName, type Changes, settingsOf } from "./review/support.ts";
import { workplace } from "./support.ts";

const WORKPLACE = workplace();

/** Properties that say who may do what, and what a machine does. */
const DOCUMENTS = ["assumeRolePolicy", "policy", "userData"];

function program(architecture: ArchitectureName, changes: Changes): Promise<unknown> {
  const settings = settingsOf(architecture, changes);
  if (settings.architecture === "simple") return simple(settings, WORKPLACE);
  return settings.architecture === "distributed" ? distributed(settings, WORKPLACE) : secured(settings, WORKPLACE);
}

/** The documents of a stack in a preview of an empty account: how many there are, and which of them are not known. */
async function documents(architecture: ArchitectureName, changes: Changes = {}) {
  const { seen } = await record(() => program(architecture, changes), { preview: true });
  const found = seen.flatMap(({ name, inputs }) =>
    DOCUMENTS.filter((property) => property in inputs).map((property) => ({
      place: `${property} of ${name}`,
      known: !pulumi.containsUnknowns(inputs[property]),
    })),
  );
  return { count: found.length, unknown: found.filter(({ known }) => !known).map(({ place }) => place) };
}

const EMAILS = { "monitoring.emails": ["operations@example.com"] };
const PASSIVE = { "loadBalancing.mode": "active-passive" };

for (const [title, architecture, changes, count] of [
  ["a simple stack", "simple", {}, 4],
  ["a distributed stack", "distributed", {}, 8],
  ["a distributed stack with a standby", "distributed", { ...PASSIVE, "database.replicas": 2 }, 10],
  ["a secured stack", "secured", EMAILS, 16],
  ["a secured stack with a standby", "secured", { ...EMAILS, ...PASSIVE }, 18],
] as const) {
  test(`the first preview of ${title} knows who may do what, and all that machines are told`, async (t) => {
    t.deepEqual(await documents(architecture, changes), { count, unknown: [] });
  });
}

test("what is by chance, and has no name, is known only when it is there: an authority's key, and the id of a zone", async (t) => {
  const chance = { ...EMAILS, "tls.certificate": "own-ca", domain: "shop.internal" };
  t.deepEqual((await documents("secured", chance)).unknown, ["userData of web-template"]);
  t.deepEqual((await documents("secured", { ...EMAILS, "dns.dnssec": true })).unknown, ["policy of dnssec-key"]);
});
