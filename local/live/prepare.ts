/** Builds what `make live` boots from, before tests that would otherwise wait for it: prepare.ts. Where this machine cannot boot anything it says why. */
import { missing } from "./abilities.ts";
import { base } from "./machines/base.ts";

const lacks = missing();
if (lacks.length > 0) console.error(`Nothing can be booted here, for want of: ${lacks.join(", ")}.`);
else await base((line) => console.error(line));
