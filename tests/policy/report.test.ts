import test from "ava";
import { UNKNOWN } from "../../plan/values.ts";
import { TYPES } from "../../policy/model/types.ts";
import { REPORTS } from "../../policy/report/report.ts";
import { listenerRedirectsHttp } from "../../policy/rules/lb/listener-redirects-http.ts";
import { statefulProtected } from "../../policy/rules/topology/stateful-protected.ts";
import { review } from "../../policy/verdict.ts";
import { modelOf, urnOf } from "./stack.ts";

const forward = (name: string, defaultActions: unknown) => ({
  type: TYPES.listener,
  name,
  inputs: { protocol: "HTTP", defaultActions },
});

const VERDICT = review({
  rules: [listenerRedirectsHttp, statefulProtected],
  model: modelOf([
    forward("plain", [{ type: "forward" }]),
    forward("accepted", [{ type: "forward" }]),
    forward("later", UNKNOWN),
    { type: TYPES.bucket, name: "files" },
    { type: TYPES.bucket, name: "kept", options: { protect: true } },
  ]),
  waivers: [
    {
      policy: "listener-redirects-http",
      resource: urnOf(TYPES.listener, "accepted"),
      reason: "Old devices cannot speak TLS | until May.",
      owner: "devices",
      ticket: "DEV-7",
      expires: "2027-05-31",
    },
  ],
  today: "2026-11-24",
});

for (const [format, report] of Object.entries(REPORTS)) {
  test(`the report as ${format}, word for word`, (t) => {
    t.snapshot(report(VERDICT));
  });
}

test("the report for programs keeps the contract", (t) => {
  const { version, summary, findings } = JSON.parse(REPORTS.json?.(VERDICT) ?? "");
  t.is(version, 1);
  t.deepEqual(summary, { passed: 1, mandatory: 2, advisory: 0, waived: 1, undecidable: 1 });
  for (const finding of findings) {
    for (const key of ["rule", "level", "severity", "urn", "message", "remediation"])
      t.is(typeof finding[key], "string", key);
  }
});

test("a stack without findings is told by its counts", (t) => {
  const clean = review({ rules: [listenerRedirectsHttp], model: modelOf([]), waivers: [], today: "2026-11-24" });
  t.is(
    REPORTS.text?.(clean),
    "Policy report of production (webstack), held to what production is held to\n\n" +
      "0 passed, 0 failed (0 mandatory, 0 advisory), 0 waived, 0 undecidable\n",
  );
});
