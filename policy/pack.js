// Pulumi would compile TypeScript itself, and check its types at each review. From here on Node loads it, and takes the types off.
import { enableCompileCache, flushCompileCache } from "node:module";

// Loading its modules is most of what a review takes, so Node keeps what it has compiled: where NODE_COMPILE_CACHE says, or with temporary files.
enableCompileCache();
import("./index.ts");
// It would write that down when the process ends by itself, but the engine ends this one by a signal.
setTimeout(flushCompileCache, 500);
