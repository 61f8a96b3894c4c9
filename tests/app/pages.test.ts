import { createHash } from "node:crypto";
import test from "ava";
import { type BookPage, bookPage, messagePage } from "../../app/pages.ts";
import { page, send } from "../../app/reply.ts";
import { styleHash } from "../../app/style.ts";

const bad = `"><script>alert(1)</script>`;
const escaped = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;";
const book: BookPage = {
  release: "1.0",
  webHost: "web-1",
  appHost: "app-1",
  source: { role: "reader", host: "db-2" },
  entries: [{ number: 7, id: "an-id", name: "Ada", message: "Hello", writtenAt: new Date(0) }],
};

const text = (changes: Partial<BookPage> = {}) => bookPage({ ...book, ...changes }).toString();

test("the page tells release, web host, application host, database host and role", (t) => {
  const plain = text()
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
  t.true(plain.includes("Release 1.0"));
  t.true(plain.includes("Web server web-1 passed the request on"));
  t.true(plain.includes("Application server app-1 made this page"));
  t.true(plain.includes("Database server db-2 read from the reader"));
});

test("the page tells why reads went to the writer", (t) => {
  const source = { role: "writer", host: "db-1" } as const;
  t.true(text({ source: { ...source, fallback: "reader-unavailable" } }).includes("as the reader does not answer"));
  t.true(
    text({ source: { ...source, fallback: "reader-behind" } }).includes("as the reader has not got your entry yet"),
  );
  t.false(text({ source }).includes(" as the reader "));
  t.true(text({ source: undefined, entries: [] }).includes("The entries cannot be read at the moment."));
});

test("nothing that comes from outside can become markup", (t) => {
  const everywhere = text({
    release: bad,
    webHost: bad,
    appHost: bad,
    source: { role: "reader", host: bad },
    entries: [{ number: 1, id: bad, name: bad, message: bad, writtenAt: new Date(0) }],
    draft: { entry: { name: bad, message: `</textarea>${bad}` }, problems: { name: bad, message: bad } },
    failure: bad,
  });
  t.false(everywhere.includes("<script"));
  t.is(everywhere.split("</textarea>").length, 2);
  t.is(everywhere.split(escaped).length - 1, 12);
});

test("an entry has its anchor, its time for machines and for people, and its own direction", (t) => {
  const page = text();
  t.true(page.includes('<li id="entry-an-id">'));
  t.true(page.includes('<time datetime="1970-01-01T00:00:00.000Z">1970-01-01 00:00 UTC</time>'));
  t.true(page.includes('<p class="said" dir="auto">Hello</p>'));
});

test("an invalid field is marked, described and focused, and keeps what was typed", (t) => {
  const draft = { entry: { name: "", message: "typed" }, problems: { name: "Enter your name." } };
  const page = text({ draft });
  t.true(page.includes("<title>Error: Guest book</title>"));
  t.true(page.includes('value="" aria-invalid="true" aria-describedby="name-problem" autofocus>'));
  t.true(page.includes('<p class="problem" id="name-problem">Enter your name.</p>'));
  t.true(page.includes(">\ntyped</textarea>"));
  t.is(page.replace(styleOf(page), "").split("aria-invalid").length - 1, 1);
});

function styleOf(page: string): string {
  return page.match(/<style>([\s\S]*)<\/style>/)?.[1] ?? "";
}

test("the content security policy allows the page's own style sheet and nothing from elsewhere", (t) => {
  const hash = createHash("sha256").update(styleOf(text())).digest("base64");
  t.is(styleHash, `sha256-${hash}`);
  t.false(/(src|href)="https?:/.test(text()));
  t.false(text().includes("<script"));
});

test("every reply has the headers that keep a browser safe", (t) => {
  const written: { status?: number; headers?: Record<string, unknown>; body?: string } = {};
  const response = {
    writeHead(status: number, headers: Record<string, unknown>) {
      Object.assign(written, { status, headers });
      return { end: (body: string) => Object.assign(written, { body }) };
    },
  };
  send(response as never, page(404, messagePage("Not found", "é")));
  t.is(written.status, 404);
  t.deepEqual(written.headers, {
    "Cache-Control": "no-store",
    "Content-Length": Buffer.byteLength(messagePage("Not found", "é").toString()),
    "Content-Security-Policy": `default-src 'none'; style-src '${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
});
