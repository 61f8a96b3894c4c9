#!/usr/bin/env node
import "./strip-types.js";

await import("../cost/main.ts");
