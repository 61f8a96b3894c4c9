/** To be imported by whatever starts an emulator or a supervisor in a test: they end with the tests, however these end. */

import { OWNER } from "../../local/cloud/owner.ts";
import { thisProcess } from "../../local/cloud/process.ts";

process.env[OWNER] = JSON.stringify(thisProcess());
