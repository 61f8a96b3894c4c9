import type { Verdict } from "../verdict.ts";
import { jsonReport } from "./json.ts";
import { markdownReport } from "./markdown.ts";
import { textReport } from "./text.ts";

/** Ways to write a verdict down, by what a person calls them. */
export const REPORTS: Readonly<Record<string, (verdict: Verdict) => string>> = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
};
