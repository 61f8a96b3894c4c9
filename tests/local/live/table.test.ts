import test from "ava";
import type { Member, Status } from "../../../local/live/status.ts";
import { news, table } from "../../../local/live/table.ts";

const web: Member = {
  name: "web-a-3f2c",
  kind: "machine",
  tier: "web",
  address: "10.0.16.10",
  state: "healthy",
  ready: true,
  readyAfterSeconds: 9.84,
};
const database: Member = {
  name: "primary",
  kind: "database",
  tier: "data",
  address: "10.0.64.254",
  state: "starting",
  ready: false,
};
const status = (...members: Member[]): Status => ({
  phase: "converging",
  members,
  zones: [],
  problems: [],
  limits: [],
});

test("members are a table, and what is not ready has no time", (t) => {
  t.is(
    table([web, database]),
    [
      "tier  name        address      state     ready after",
      "web   web-a-3f2c  10.0.16.10   healthy   9.8 s",
      "data  primary     10.0.64.254  starting",
    ].join("\n"),
  );
});

test("what has become ready is told once", (t) => {
  t.deepEqual(news(undefined, status(web, database)), [
    "  9.8 s  web            web-a-3f2c                    10.0.16.10       healthy",
  ]);
  t.deepEqual(news(status(web, database), status(web, database)), []);
  const available = { ...database, ready: true, state: "available", readyAfterSeconds: 12 };
  t.deepEqual(news(status(web, database), status(web, available)), [
    " 12.0 s  data           primary                       10.0.64.254      available",
  ]);
});

test("what was ready, broke and is ready again is told again", (t) => {
  t.is(news(status({ ...web, ready: false }), status(web)).length, 1);
});
