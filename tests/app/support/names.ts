// Loaded into the application before it starts: answers host names from a file, as a DNS whose records can be changed.
import dns from "node:dns";
import { readFileSync } from "node:fs";

const file = process.env.TEST_NAMES_FILE ?? "";
const original: (name: string, ...rest: unknown[]) => void = dns.lookup as never;

Object.assign(dns, {
  lookup: (name: string, ...rest: unknown[]) => {
    const addresses: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
    original(addresses[name] ?? name, ...rest);
  },
});
