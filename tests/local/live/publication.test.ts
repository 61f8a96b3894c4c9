import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { Account } from "../../../local/live/account/account.ts";
import { readLive } from "../../../local/live/document.ts";
import { liveFiles } from "../../../local/live/files.ts";
import { Publication } from "../../../local/live/publication.ts";
import type { Observed } from "../../../local/live/report.ts";
import type { Status } from "../../../local/live/status.ts";
import { account, database, observed as observedOf, running } from "./stacks.ts";

const reach = {
  https: { address: "127.0.0.1", port: 1 },
  http: { address: "127.0.0.1", port: 2 },
  dns: { address: "127.0.0.1", port: 3 },
};
const LIMITS = [
  "the agent for SSM sessions is not here, and machines say so in their logs.",
  "the CloudWatch agent is not here, and machines say so in their logs.",
];

/** Where nobody answers. */
function publication(t: ExecutionContext) {
  const directory = mkdtempSync(join(tmpdir(), "webstack-publication-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const files = {
    ...liveFiles(directory),
    status: join(directory, "status.json"),
    authorities: join(directory, "ca.pem"),
  };
  const internet = { connect: async () => Promise.reject(new Error("no answer within 2 seconds")) };
  const fabric = { namespaceOf: (name: string) => `ws-${name}` };
  const published = new Publication({ files, reach, internet: internet as never, fabric: fabric as never });
  return { published, files, status: () => JSON.parse(readFileSync(files.status, "utf8")) as Status };
}

const held = account({ databases: [database("primary")] });

const observed = (databases: Readonly<Record<string, number>>, of: Account = held): Observed =>
  observedOf(of, { databases: running<"databases">(databases), authorities: "PEM\n" });

test("a stack is ready once all of it is, and what is ready keeps the time at which it first was", async (t) => {
  const { published, status } = publication(t);
  await published.publish(observed({}));
  t.deepEqual(status(), {
    phase: "converging",
    members: [
      {
        name: "primary",
        interfaceName: "rds-primary",
        kind: "database",
        tier: "data",
        address: "10.0.2.254",
        state: "starting",
        ready: false,
      },
    ],
    zones: ["eu-west-1a", "eu-west-1b"],
    problems: ["The database primary is starting."],
    limits: LIMITS,
  } as unknown as Status);

  await published.publish(observed({ "rds-primary": 7 }));
  const [first] = status().members;
  t.is(status().phase, "ready");
  t.is(first?.state, "available");
  t.is(typeof first?.readyAfterSeconds, "number");

  await published.publish(observed({}));
  await published.publish(observed({ "rds-primary": 8 }));
  t.is(status().members[0]?.readyAfterSeconds, first?.readyAfterSeconds);
});

test("tools are told how to reach it", async (t) => {
  const { published, files } = publication(t);
  const zones = [{ id: "Z1", name: "example.com", records: [] }];
  await published.publish(observed({ "rds-primary": 7 }, { ...held, zones }));
  t.deepEqual(readLive(files.live), {
    ...reach,
    domain: "example.com",
    certificate: "nobody",
    caFile: files.authorities,
    machines: [],
    balancers: [],
    databases: [
      { name: "primary", tier: "data", address: "10.0.2.254", namespace: "ws-rds-primary", pid: 7, ready: true },
    ],
  });
  t.is(readFileSync(files.authorities, "utf8"), "PEM\n");
});

test("a stack whose site does not answer is not ready", async (t) => {
  const { published, status } = publication(t);
  const zones = [{ id: "Z1", name: "example.com", records: [] }];
  await published.publish(observed({ "rds-primary": 7 }, { ...held, zones }));
  t.is(status().phase, "converging");
  t.deepEqual(status().problems, ["example.com does not answer as it should: no answer within 2 seconds."]);
});

test("what the account has and live does not is told", async (t) => {
  const { published, status } = publication(t);
  const unsupported = [{ what: "load balancer arn:1", why: "it is a network load balancer" }];
  await published.publish(observed({}, { ...held, unsupported }));
  t.deepEqual(status().limits, [...LIMITS, "load balancer arn:1: it is a network load balancer"]);
});

test("an account that cannot be looked at is a problem of what was there before", async (t) => {
  const { published, status } = publication(t);
  await published.publish(observed({ "rds-primary": 7 }));
  const { members } = status();
  published.trouble("The account does not answer.");
  t.like(status(), { phase: "converging", problems: ["The account does not answer."] });
  t.deepEqual(status().members, members);
});

test("a run that ends has nothing any more", (t) => {
  const { published, status } = publication(t);
  published.end();
  t.deepEqual(status(), { phase: "stopping", members: [], zones: [], problems: [], limits: [] });
});
