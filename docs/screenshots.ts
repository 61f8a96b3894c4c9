/** Writes docs/images/review-*.png, what Chromium shows of the page of a review: node docs/screenshots.ts reports/production.html */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CHROMIUM, launch, type View } from "../tests/review/html/browser.ts";

/** What each picture shows: a part of the page, or its start. */
const VIEWS: Readonly<Record<string, View & { readonly part?: string }>> = {
  "desktop-light": { width: 1280, height: 1000, scheme: "light" },
  "desktop-dark": { width: 1280, height: 1000, scheme: "dark" },
  picture: { width: 1280, height: 800, scheme: "light", part: "#picture" },
  "phone-light": { width: 390, height: 844, scheme: "light" },
  "phone-dark": { width: 390, height: 844, scheme: "dark" },
};

const [page] = process.argv.slice(2);
if (page === undefined || CHROMIUM === undefined) {
  console.error("usage: node docs/screenshots.ts FILE.html, where there is a Chromium");
  process.exit(1);
}
const browser = await launch(CHROMIUM);
for (const [name, { part = "", ...view }] of Object.entries(VIEWS)) {
  const opened = await browser.open(`${pathToFileURL(resolve(page)).href}${part}`, view);
  writeFileSync(join(import.meta.dirname, `images/review-${name}.png`), await opened.screenshot());
}
await browser.close();
