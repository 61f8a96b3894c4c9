import test from "ava";
import { createLog, errorFields } from "../../app/log.ts";

test("an event is one line of JSON with time, level and message first", (t) => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  log.info("started", { port: 1 });
  log.warn("two\nlines");
  log.error("bad");
  t.deepEqual(lines, [
    '{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"started","port":1}\n',
    '{"time":"1970-01-01T00:00:00.000Z","level":"warn","message":"two\\nlines"}\n',
    '{"time":"1970-01-01T00:00:00.000Z","level":"error","message":"bad"}\n',
  ]);
});

test("of an error only code and message are told", (t) => {
  const error = Object.assign(new Error("denied"), { code: "ER_X", sql: "INSERT secret", values: ["secret"] });
  t.deepEqual(errorFields(error), { error: "denied", code: "ER_X" });
  t.deepEqual(errorFields(new Error("plain")), { error: "plain" });
  t.deepEqual(errorFields("text"), { error: "text" });
});
