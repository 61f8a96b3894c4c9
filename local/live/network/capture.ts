import { type ChildProcessByStdio, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface as Lines } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { inNamespace, systemEnvironment } from "./commands.ts";
import { type Segment, segments } from "./pcap.ts";

/** Everything that crosses the links of a namespace, kept in a file that other tools for packets read too (pcap). In the fabric that is all traffic. */
export class Capture {
  readonly file: string;
  readonly #process: ChildProcessByStdio<null, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;

  private constructor(file: string, process: ChildProcessByStdio<null, Readable, Readable>, lines: Lines) {
    this.file = file;
    this.#process = process;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** Returns once nothing is missed any more. Python does it, since Node has no packet sockets. */
  static async start(namespace: string, file: string): Promise<Capture> {
    const program = join(import.meta.dirname, "capture.py");
    const [command = "", ...parameters] = inNamespace(namespace, [
      process.env.WEBSTACK_PYTHON ?? "python3",
      program,
      file,
    ]);
    const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "pipe"], env: systemEnvironment() });
    const capture = new Capture(file, child, createInterface(child.stdout));
    const complaint = text(child.stderr);
    if ((await capture.#line()) === "ready") return capture;
    throw new Error(`Nothing can be captured in ${namespace}: ${(await complaint).trim()}`);
  }

  /** Ends the capture. @throws Error if packets were lost, so that what was not seen is not taken for what was not there */
  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    const lost = await this.#line();
    if (lost !== "0") throw new Error(`The capture ${this.file} lacks ${lost ?? "an unknown number of"} packets.`);
  }

  /** What was captured, in the order of time. A segment that is forwarded is there once for each link that it crossed. */
  segments(): Generator<Segment> {
    return segments(readFileSync(this.file));
  }

  async #line(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next();
    return done ? undefined : value;
  }
}
