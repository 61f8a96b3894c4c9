import test from "ava";
import { siteIsDownRule } from "../../../components/alarms/site-is-down.ts";

test("the site is down when either tier has no server, or the database is gone", (t) => {
  t.is(
    siteIsDownRule({ ways: [["public", "inner"]], shared: ["writer"] }),
    '((ALARM("public") OR ALARM("inner")) OR ALARM("writer"))',
  );
});

test("where a second way stands by, both must be blocked", (t) => {
  t.is(
    siteIsDownRule({
      ways: [
        ["public", "inner"],
        ["public-2", "inner-2"],
      ],
      shared: ["writer"],
    }),
    '(((ALARM("public") OR ALARM("inner")) AND (ALARM("public-2") OR ALARM("inner-2"))) OR ALARM("writer"))',
  );
});

test("what is alone needs no brackets", (t) => {
  t.is(siteIsDownRule({ ways: [["public"]], shared: [] }), 'ALARM("public")');
});
