import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import test from "ava";
import { cookie, isCrossOrigin, readBody, requestId, webHost } from "../../app/request.ts";

const UUID = /^[0-9a-f-]{36}$/;

test("a request id is taken from the caller if it is sane", (t) => {
  t.is(
    requestId({ "x-request-id": "Root=1-67891233-abcdef012345678912345678" }),
    "Root=1-67891233-abcdef012345678912345678",
  );
  for (const bad of ["", 'a"b', "a b", "a\u0000", "x".repeat(129), undefined]) {
    t.regex(requestId({ "x-request-id": bad }), UUID);
  }
});

test("the web host is what the web server says, or direct", (t) => {
  t.is(webHost({ "x-web-host": "web-1.example.com" }), "web-1.example.com");
  t.is(webHost({ "x-web-host": "<b>" }), "direct");
  t.is(webHost({}), "direct");
});

const origins: readonly (readonly [string, Record<string, string>, boolean])[] = [
  ["a form on our own page", { "sec-fetch-site": "same-origin" }, false],
  ["an address typed by the user", { "sec-fetch-site": "none" }, false],
  ["a form on another site", { "sec-fetch-site": "cross-site" }, true],
  ["a form on a sister site", { "sec-fetch-site": "same-site" }, true],
  [
    "another site, though Origin looks right",
    { "sec-fetch-site": "cross-site", origin: "http://a.test", host: "a.test" },
    true,
  ],
  ["no browser", { host: "a.test" }, false],
  ["our own page over plain HTTP", { origin: "http://a.test", host: "a.test" }, false],
  ["our own page where the port was dropped on the way", { origin: "https://a.test:8443", host: "a.test" }, false],
  ["our own page in another case", { origin: "http://A.test", host: "a.TEST:80" }, false],
  ["another site by Origin", { origin: "http://b.test", host: "a.test" }, true],
  ["a site whose name begins like ours", { origin: "http://a.test.evil.test", host: "a.test" }, true],
  ["an opaque origin", { origin: "null", host: "a.test" }, true],
  ["a request with Origin and no Host", { origin: "http://a.test" }, true],
];
for (const [title, headers, expected] of origins) {
  test(`a post from ${title} is ${expected ? "cross-origin" : "accepted"}`, (t) => {
    t.is(isCrossOrigin(headers), expected);
  });
}

test("a cookie is found by its whole name", (t) => {
  const headers = { cookie: "not-last=1; last=2;last-entry=a=b" };
  t.is(cookie(headers, "last"), "2");
  t.is(cookie(headers, "last-entry"), "a=b");
  t.is(cookie(headers, "entry"), undefined);
  t.is(cookie({}, "last"), undefined);
});

test("a body is read up to its limit in bytes, over chunks that split a character", async (t) => {
  const body = (...chunks: readonly Uint8Array[]) => Readable.from(chunks) as unknown as IncomingMessage;
  const [first, second] = [Buffer.from("é").subarray(0, 1), Buffer.from("é").subarray(1)];
  t.is(await readBody(body(first, second), 2), "é");
  t.is(await readBody(body(first, second, Buffer.from("!")), 2), undefined);
});
