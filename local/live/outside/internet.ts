import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dial, readLine } from "./line.ts";

/** The way from this machine to the internet that the stack is on: a process in that namespace connects for us. */
export class Internet {
  readonly #gateway: ChildProcess;
  readonly #socketPath: string;

  private constructor(gateway: ChildProcess, socketPath: string) {
    this.#gateway = gateway;
    this.#socketPath = socketPath;
  }

  /**
   * @param namespace of the internet, a name in /run/netns
   * @param directory for its socket; short, as the path of a socket has 107 bytes at most
   * @param resolver address of the name server there
   */
  static async start(namespace: string, directory: string, resolver: string): Promise<Internet> {
    const socketPath = join(directory, "internet.sock");
    rmSync(socketPath, { force: true });
    const gateway = spawn(
      "nsenter",
      [
        `--net=/run/netns/${namespace}`,
        process.execPath,
        join(import.meta.dirname, "gateway.ts"),
        socketPath,
        resolver,
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    await once(gateway, "spawn");
    while (!existsSync(socketPath)) {
      if (gateway.exitCode !== null) throw new Error(`The way into the namespace ${namespace} ended at once.`);
      await sleep(10);
    }
    return new Internet(gateway, socketPath);
  }

  /** Connects to a name or an address as a visitor does. @throws where nobody answers within some seconds */
  async connect(host: string, port: number): Promise<Socket> {
    const socket = await dial({ path: this.#socketPath, timeoutMs: 1_000 });
    socket.write(`${host} ${port}\n`);
    const answer = await readLine(socket);
    if (answer !== "connected") {
      socket.destroy();
      throw new Error(`${host}:${port}: ${answer}`);
    }
    return socket;
  }

  async stop(): Promise<void> {
    if (this.#gateway.exitCode === null && this.#gateway.signalCode === null) {
      this.#gateway.kill("SIGKILL");
      await once(this.#gateway, "exit");
    }
    rmSync(this.#socketPath, { force: true });
  }
}
