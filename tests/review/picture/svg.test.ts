import test from "ava";
import fc from "fast-check";
import { escaped } from "../../../review/markup.ts";
import { pictureOf } from "../../../review/picture/draw.ts";
import { svgOf } from "../../../review/picture/svg.ts";
import { fitted, widthOf } from "../../../review/picture/text.ts";
import { preview, read, step } from "../../plan/documents.ts";
import { PARTS } from "../hostile.ts";
import { change, planOf } from "./programs.ts";

const grown = async () =>
  pictureOf(change(await planOf("distributed"), await planOf("secured"), { "app-group": "replace" }));

test("same picture, same file", async (t) => {
  const picture = await grown();
  t.is(await svgOf(picture), await svgOf(picture));
});

test("each change has a mark and a word, so that nobody has to tell colours apart", async (t) => {
  const svg = await svgOf(await grown());
  for (const badge of ["~ changed", "± replaced"]) t.true(svg.includes(`>${badge}</text>`), badge);
  t.regex(svg, /<tspan class="removed">− <\/tspan>80 plain/);
  t.regex(svg, /<tspan class="new">\+ <\/tspan>443 TLS/);
});

test("where all becomes the same, the legend says so once", async (t) => {
  const svg = await svgOf(pictureOf(await planOf("simple")));
  t.is(svg.split(">+ All of it is new</text>").length, 2);
  t.false(svg.includes(">+ new</text>"));
});

test("the picture has a name and is told in words", async (t) => {
  const svg = await svgOf(pictureOf(await planOf("simple")), { title: "A & B" });
  t.regex(svg, /role="img" aria-labelledby="picture-title picture-text"/);
  t.true(svg.includes('<title id="picture-title">A &#38; B</title>'));
  t.true(svg.includes("Internet anybody → Server server-instance: 80 plain, new; 443 TLS, new"));
});

test("the picture loads nothing", async (t) => {
  t.notRegex(await svgOf(await grown()), /url\(|href|<image|<script|@import/);
});

test("nothing is outside the sheet", async (t) => {
  const svg = await svgOf(await grown());
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
  for (const [, x = 0, y = 0, w = 0, h = 0] of [
    ...svg.matchAll(/<rect class="[^"]*" x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/g),
  ].map((match) => match.map(Number))) {
    t.true(x >= 0 && y >= 0 && x + w <= width && y + h <= height, `${x} ${y} ${w} ${h}`);
  }
});

const names = fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.constantFrom(...PARTS, "x".repeat(10_000)));

test("a name changes nothing but its own text", async (t) => {
  const tagsOf = (svg: string) =>
    svg.replaceAll(/>[^<]*</g, "><").replaceAll(/ (x|y|width|height|viewBox)="[^"]*"/g, "");
  const draw = (name: string) =>
    svgOf(pictureOf(read(preview([step("create", { after: { type: "aws:ec2/instance:Instance", name } })]))), {
      title: "t",
    });
  const plain = tagsOf(await draw("plain"));
  for (const part of PARTS) t.is(tagsOf(await draw(`x${part}`)), plain, part);
  await fc.assert(
    fc.asyncProperty(names, async (name) => {
      t.is(tagsOf(await draw(name)), plain);
    }),
    { numRuns: 60 },
  );
});

test("what is escaped reads back as it was, but for what markup cannot hold", (t) => {
  t.is(escaped(`<a href="x">&'\`</a>`), "&#60;a href=&#34;x&#34;&#62;&#38;&#39;&#96;&#60;/a&#62;");
  t.is(escaped("\u0000\u001b\ud800\uffff"), "\ufffd\ufffd\ufffd\ufffd");
  t.is(escaped("é 🚀\n\t"), "é 🚀\n\t");
});

test("a text is cut where it would be too wide", (t) => {
  t.is(fitted("short", 12, 100), "short");
  const cut = fitted("a name that is far too long for a card", 12, 100);
  t.is(cut, "a name that is…");
  t.true(widthOf(cut, 12) <= 100);
});
