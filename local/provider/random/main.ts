import { serve } from "../core/server.ts";
import { random } from "./provider.ts";

await serve(random, process.argv[2]);
