import test from "ava";
import { createHealthCheck } from "../../app/health.ts";

function setUp() {
  const state = { draining: false, schema: true, writer: true, pings: 0, now: 0 };
  const check = createHealthCheck({
    isDraining: () => state.draining,
    isSchemaReady: () => state.schema,
    pingWriter: async () => {
      state.pings += 1;
      if (!state.writer) throw new Error("down");
    },
    now: () => state.now,
  });
  return { state, check };
}

test("healthy is: schema ready, writer answers, not draining", async (t) => {
  const { state, check } = setUp();
  t.deepEqual(await check(), { status: "ok" });
  state.schema = false;
  t.deepEqual(await check(), { status: "unavailable", reason: "schema-not-ready" });
  state.draining = true;
  t.deepEqual(await check(), { status: "unavailable", reason: "draining" });
});

test("the writer's answer, good or bad, is kept for a second", async (t) => {
  const { state, check } = setUp();
  t.deepEqual(await check(), { status: "ok" });
  state.writer = false;
  state.now = 999;
  t.deepEqual(await check(), { status: "ok" });
  state.now = 1000;
  t.deepEqual(await check(), { status: "unavailable", reason: "writer-unreachable" });
  state.writer = true;
  state.now = 1999;
  t.deepEqual(await check(), { status: "unavailable", reason: "writer-unreachable" });
  state.now = 2000;
  t.deepEqual(await check(), { status: "ok" });
  t.is(state.pings, 3);
});

test("checks at the same time ask the writer once", async (t) => {
  const { state, check } = setUp();
  await Promise.all([check(), check(), check()]);
  t.is(state.pings, 1);
});

test("draining that begins while the writer is asked is told", async (t) => {
  const { state, check } = setUp();
  const asked = check();
  state.draining = true;
  t.deepEqual(await asked, { status: "unavailable", reason: "draining" });
});
