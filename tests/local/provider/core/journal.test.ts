import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { type Beginning, Journal, readJournal } from "../../../../local/provider/core/journal.ts";

const folder = mkdtempSync(path.join(tmpdir(), "webstack-journal-"));
test.after.always(() => rmSync(folder, { recursive: true }));

const beginning = (token: string): Beginning => ({
  token,
  urn: `urn:pulumi:dev::web::aws:ec2/vpc:Vpc::${token}`,
  type: "aws:ec2/vpc:Vpc",
  region: "eu-west-1",
  pid: 1,
  inputs: { name: token },
});

test("a journal tells what was begun, and the ids of what was made", (t) => {
  const file = path.join(folder, "told");
  const journal = new Journal(file);
  journal.begin(beginning("a"));
  journal.begin(beginning("b"));
  journal.made("a", "vpc-1");
  t.deepEqual(readJournal(file), [{ ...beginning("a"), id: "vpc-1" }, beginning("b")]);
});

test("a line that the end of the process cut off is skipped", (t) => {
  const file = path.join(folder, "cut");
  const journal = new Journal(file);
  journal.begin(beginning("a"));
  appendFileSync(file, JSON.stringify(beginning("b")).slice(0, 40));
  t.deepEqual(readJournal(file), [beginning("a")]);
});

test("a line is in the file when the call returns", (t) => {
  const file = path.join(folder, "at-once");
  new Journal(file).begin(beginning("a"));
  t.is(readFileSync(file, "utf8"), `${JSON.stringify(beginning("a"))}\n`);
});

test("without a file nothing is written, and a file that is not there holds nothing", (t) => {
  t.notThrows(() => new Journal(undefined).begin(beginning("a")));
  t.deepEqual(readJournal(path.join(folder, "missing")), []);
});
