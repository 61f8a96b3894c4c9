// Pulumi would compile TypeScript itself, and check its types at each review. From here on Node loads it, and takes the types off.
import "./index.ts";
