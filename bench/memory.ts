import { readdirSync, readFileSync } from "node:fs";

/** Who takes part in an operation, and how its command line is known. Of several that are alike the largest counts. */
const PARTIES = {
  engine: (command: string) => command.startsWith(process.env.WEBSTACK_PULUMI ?? "pulumi"),
  program: (command: string) => command.includes("/@pulumi/pulumi/cmd/run/"),
  provider: (command: string) => command.includes("/local/provider/aws/main.ts"),
  emulator: (command: string) => command.includes("/local/cloud/serve.py"),
} as const;

export type Party = keyof typeof PARTIES;
export const parties = Object.keys(PARTIES) as Party[];

/** The largest resident size that each party ever had, in bytes. One that did not run has none. */
export type Peaks = Partial<Record<Party, number>>;

/** Short beside any operation; what a process grows by after the last look is missed. */
const LOOK_EVERY_MILLISECONDS = 200;

/** Watches all processes that this one has started, directly or not. Linux only: elsewhere there are no peaks. */
export class MemoryWatch {
  readonly #peaks: Peaks = {};
  readonly #timer = setInterval(() => this.#look(), LOOK_EVERY_MILLISECONDS);

  stop(): Peaks {
    clearInterval(this.#timer);
    this.#look();
    return this.#peaks;
  }

  #look(): void {
    for (const { command, peak } of descendants(process.pid)) {
      const party = parties.find((name) => PARTIES[name](command));
      if (party) this.#peaks[party] = Math.max(this.#peaks[party] ?? 0, peak);
    }
  }
}

interface Seen {
  readonly parent: number;
  readonly command: string;
  readonly peak: number;
}

function descendants(pid: number): Seen[] {
  const seen = new Map(processIds().map((id) => [id, read(id)] as const));
  const descends = (one: Seen | undefined): boolean =>
    one !== undefined && (one.parent === pid || descends(seen.get(one.parent)));
  return [...seen.values()].filter((one) => one !== undefined).filter(descends);
}

function processIds(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Undefined when the process is gone by now. Fields: proc_pid_status(5). */
function read(pid: number): Seen | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return { parent: field("PPid"), command, peak: field("VmHWM") * 1024 };
  } catch {
    return undefined;
  }
}
