import { setTimeout as sleep } from "node:timers/promises";
import { converse } from "../socket.ts";

const MASTER_MS = 5_000;

/** Where an HAProxy is told things at run time: https://docs.haproxy.org/3.0/management.html#9.3 */
export class Control {
  readonly #directory: string;

  /** @param directory where its sockets are */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Asks the process that serves. Several commands are carried out at once, one after the other, with nothing in between. */
  ask(...commands: readonly string[]): Promise<string> {
    return this.#send("stats.sock", commands.join(";"));
  }

  /** Replaces the process that serves by one that has read the configuration anew. Those that wait for their answers still get them. */
  async reload(): Promise<void> {
    const answer = await this.#sendToMaster("reload");
    if (!answer.startsWith("Success=1")) throw new Error(`HAProxy does not take its configuration:\n${answer.trim()}`);
  }

  /** What the process knows of every server, as its configuration reads it back. */
  states(): Promise<string> {
    return this.ask("show servers state");
  }

  /** A row for each server of each backend. */
  async statistics(): Promise<readonly Readonly<Record<string, string>>[]> {
    const [head = "", ...rows] = (await this.ask("show stat -1 4 -1")).trim().split("\n");
    const names = head.replace("# ", "").split(",");
    return rows.map((row) => Object.fromEntries(row.split(",").map((value, column) => [names[column] ?? "", value])));
  }

  /** The master executes itself anew after each reload, the first one included, and does not listen for a moment. */
  async #sendToMaster(command: string): Promise<string> {
    for (const until = Date.now() + MASTER_MS; ; await sleep(20)) {
      const answer = await this.#send("master.sock", command).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ECONNREFUSED" || Date.now() > until) throw error;
      });
      if (answer !== undefined) return answer;
    }
  }

  async #send(socket: string, command: string): Promise<string> {
    return (await converse(this.#directory, socket, `${command}\n`)).toString();
  }
}
