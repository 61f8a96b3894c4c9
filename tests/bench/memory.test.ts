import { spawn } from "node:child_process";
import { once } from "node:events";
import test from "ava";
import { MemoryWatch } from "../../bench/memory.ts";

const MIB = 2 ** 20;

/** A process that looks like a party of an operation by its command line, and holds memory until it is told to end. */
async function holding(mebibytes: number, ...parameters: string[]) {
  const program = `const held = Buffer.alloc(${mebibytes} * ${MIB}, 1); console.log(held.length); process.stdin.on("data", () => process.exit())`;
  const child = spawn(process.execPath, ["--eval", program, ...parameters]);
  await once(child.stdout, "data");
  return child;
}

test("the largest process of each party counts, and others do not", async (t) => {
  const watch = new MemoryWatch();
  const children = await Promise.all([
    holding(150, "/local/cloud/serve.py"),
    holding(1, "/local/cloud/serve.py"),
    holding(50, "/local/provider/aws/main.ts"),
    holding(400, "something else"),
  ]);
  const peaks = watch.stop();
  for (const child of children) {
    child.stdin.end("go");
    await once(child, "close");
  }
  const { emulator = 0, provider = 0 } = peaks;
  t.deepEqual(Object.keys(peaks).sort(), ["emulator", "provider"]);
  t.true(emulator > 150 * MIB && emulator < 400 * MIB, `${emulator}`);
  t.true(provider > 50 * MIB && provider < emulator, `${provider}`);
});
