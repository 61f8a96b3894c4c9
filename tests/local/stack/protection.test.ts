import test from "ava";
import { isProtected } from "../../../local/stack/protection.ts";

const resource = (more: object) => ({ urn: "urn", type: "aws:x/y:Z", custom: true, ...more });

test("a resource is protected by Pulumi's option or by an input that guards it", (t) => {
  t.true(isProtected(resource({ protect: true })));
  t.true(isProtected(resource({ inputs: { deletionProtection: true } })));
  t.true(isProtected(resource({ inputs: { enableDeletionProtection: true } })));
  t.true(isProtected(resource({ inputs: { disableApiTermination: true } })));
  t.true(isProtected(resource({ inputs: { finalSnapshot: true } })));
});

test("a resource without such an input, or with it turned off, is not protected", (t) => {
  t.false(isProtected(resource({})));
  t.false(isProtected(resource({ protect: false, inputs: { deletionProtection: false, forceDestroy: false } })));
});
