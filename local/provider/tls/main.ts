import { serve } from "../core/server.ts";
import { tls } from "./provider.ts";

await serve(tls, process.argv[2]);
