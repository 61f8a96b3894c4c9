import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 10;
const MOST_MS = 10_000;

/**
 * Waits for a process of a container, and says under which number it runs here.
 *
 * @param mortalPid of what was started by the command of {@link mortal}, whose namespace is around that of the container
 * @param number in the process namespace of the container: 1 is its init
 */
export async function processInside(mortalPid: number, number: number): Promise<number> {
  for (let waited = 0; waited < MOST_MS; waited += POLL_MS) {
    const found = descendants(mortalPid).find((pid) => {
      const numbers = numbersOf(pid);
      return numbers.length === 3 && numbers[2] === number;
    });
    if (found !== undefined) return found;
    await sleep(POLL_MS);
  }
  throw new Error(`No container came up under process ${mortalPid} within ${MOST_MS / 1_000} s.`);
}

/** The numbers of a process, from the namespace that we are in inwards. Empty once it is gone. */
function numbersOf(pid: number): number[] {
  const line = /^NSpid:\s*(.*)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? "";
  return line.split(/\s+/).map(Number);
}

function descendants(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
