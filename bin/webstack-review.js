#!/usr/bin/env node
import "./strip-types.js";

await import("../review/main.ts");
