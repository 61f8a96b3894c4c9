import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import test from "ava";

const PRICES = path.join(import.meta.dirname, "../../../cost/prices");

const book = () =>
  readdirSync(path.join(PRICES, "data")).map((file) => readFileSync(path.join(PRICES, "data", file), "utf8"));

test("make prices leaves the book alone when AWS has no answers, and says for what", async (t) => {
  const targets = new Set<unknown>();
  const server = createServer((request, response) => {
    targets.add(request.headers["x-amz-target"]);
    request.resume();
    response.setHeader("content-type", "application/x-amz-json-1.1").end('{"FormatVersion":"aws_v1","PriceList":[]}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => void server.close());
  const before = book();

  const child = spawn(process.execPath, [path.join(PRICES, "refresh.ts"), "eu-central-1"], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "nobody",
      AWS_SECRET_ACCESS_KEY: "nothing",
    },
  });
  const closed = once(child, "close");
  const problems = await text(child.stderr);
  const [code] = await closed;

  t.is(code, 1);
  t.regex(problems, /^The price book stays as it is:\n/);
  t.regex(
    problems,
    /^nat\/hour of eu-central-1: 0 products fit, not one \(AmazonEC2: .*usagetype=EUC1-NatGateway-Hours\)$/m,
  );
  // Never had, so not missed.
  t.notRegex(problems, /^elb\/nlb of eu-central-1/m);
  t.deepEqual([...targets], ["AWSPriceListService.GetProducts"]);
  t.deepEqual(book(), before);
});
