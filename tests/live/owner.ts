/** To be imported by whatever starts a supervisor in a test: it ends with the tests, however these end. */
import { thisProcess } from "../../local/cloud/process.ts";
import { OWNER } from "../../local/live/owner.ts";

process.env[OWNER] = JSON.stringify(thisProcess());
