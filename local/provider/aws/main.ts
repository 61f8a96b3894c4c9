import { serve } from "../core/server.ts";
import { aws } from "./provider.ts";

await serve(aws, process.argv[2]);
