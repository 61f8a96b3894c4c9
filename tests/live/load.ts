/** Visitors who come at a steady pace, whatever happens to those before them, and what they meet. */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as askPlain, Agent as PlainAgent } from "node:http";
import { Agent, request as ask, type RequestOptions } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { LiveWorld } from "./live-world.ts";

/** What one visitor met. Times are in milliseconds since the load began. */
export interface Visit {
  readonly kind: "read" | "write";
  readonly began: number;
  readonly ended: number;
  /** 0 where there was no answer. */
  readonly status: number;
  /** Why it failed, for people; undefined where it did not. */
  readonly failure: string | undefined;
  /** Of a write: the message, which no other has. */
  readonly message: string;
}

/** What visitors met while something happened. */
export interface Measured {
  readonly name: string;
  readonly visits: readonly Visit[];
  readonly failed: readonly Visit[];
  /** From the first visit that failed to the end of the last one. */
  readonly seconds: number;
  readonly slowestMs: number;
}

export interface Pace {
  /** @default 10 */
  readonly perSecond?: number;
  /** @default true */
  readonly encrypted?: boolean;
}

/** Of so many visits in a row one writes, one reads on a connection of its own, and the others read on connections that are kept. */
const ROUND = 5;

/** How long a visitor waits before he gives up. Load balancers wait for 10 seconds at most until a target takes a connection. */
const PATIENCE_MS = 15_000;

/** How long the load goes on after something has happened, so that what comes late is seen. */
const AFTERMATH_MS = 2_000;

export class Load {
  readonly #live: LiveWorld;
  readonly #began = Date.now();
  readonly #visits: Visit[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #kept: Agent | PlainAgent;
  readonly #encrypted: boolean;
  readonly #timer: NodeJS.Timeout;
  #count = 0;

  private constructor(live: LiveWorld, perSecond: number, encrypted: boolean) {
    this.#live = live;
    this.#encrypted = encrypted;
    this.#kept = new (encrypted ? Agent : PlainAgent)({ keepAlive: true, scheduling: "fifo" });
    this.#timer = setInterval(() => this.#visit(), 1_000 / perSecond);
  }

  static start(live: LiveWorld, { perSecond = 10, encrypted = true }: Pace = {}): Load {
    return new Load(live, perSecond, encrypted);
  }

  /** Returns what visitors met from the beginning of some work until a moment after its end. */
  async during(name: string, work: () => Promise<unknown>): Promise<Measured> {
    const from = this.now;
    await work();
    await sleep(AFTERMATH_MS);
    const to = this.now;
    await this.#settled();
    // Those count too who were on their way when it began.
    const visits = this.#visits.filter(({ began, ended }) => ended >= from && began <= to);
    const failed = visits.filter(({ failure }) => failure !== undefined);
    const first = Math.min(...failed.map(({ began }) => began));
    const last = Math.max(...failed.map(({ ended }) => ended));
    const seconds = failed.length === 0 ? 0 : (last - first) / 1_000;
    return { name, visits, failed, seconds, slowestMs: Math.max(...visits.map(({ began, ended }) => ended - began)) };
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#settled();
    this.#kept.destroy();
  }

  /** In milliseconds since it began. */
  get now(): number {
    return Date.now() - this.#began;
  }

  /** One more visitor, who writes. Answers with the status. */
  async write(): Promise<number> {
    return this.#send("write", `visit ${this.#count++}`, false).catch(() => 0);
  }

  /** Writes that the site has said it keeps, in the order of the answers. */
  get acknowledged(): readonly Visit[] {
    return this.#visits.filter(({ kind, status }) => kind === "write" && status === 303);
  }

  /** Writes that the site has said it keeps, and does not have. */
  async lost(): Promise<readonly Visit[]> {
    await this.#settled();
    const { acknowledged } = this;
    for (let attempt = 1; ; attempt++) {
      const kept = await this.#book();
      const missing = acknowledged.filter(({ message }) => !kept.has(message));
      // A replica that is asked may be behind for a moment.
      if (missing.length === 0 || attempt === 5) return missing;
      await sleep(1_000);
    }
  }

  /** Waits for those that are under way now, and not for those who come meanwhile. */
  async #settled(): Promise<void> {
    await Promise.all([...this.#underWay]);
  }

  #visit(): void {
    const visit = this.#carryOut(this.#count++).finally(() => this.#underWay.delete(visit));
    this.#underWay.add(visit);
  }

  async #carryOut(number: number): Promise<void> {
    const began = this.now;
    const place = number % ROUND;
    const kind = place === 0 ? "write" : "read";
    const message = kind === "write" ? `visit ${number}` : "";
    const agent = place === 1 ? false : this.#kept;
    const outcome = await this.#send(kind, message, agent)
      .catch((error: BrokenConnection) => {
        // A browser repeats what changes nothing, where a kept connection turns out to be broken. Source: RFC 9110, section 9.2.2.
        if (kind !== "read" || !error.wasKept) throw error;
        return this.#send(kind, message, false);
      })
      .then(
        (status) => ({ status, failure: status >= 500 ? `answered ${status}` : undefined }),
        (error: Error) => ({ status: 0, failure: error.message }),
      );
    this.#visits.push({ kind, began, ended: this.now, message, ...outcome });
  }

  async #send(kind: Visit["kind"], message: string, agent: RequestOptions["agent"]): Promise<number> {
    if (kind === "read") return (await this.#request("/", { agent })).status;
    const body = new URLSearchParams({ name: "visitor", message }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": body.length };
    return (await this.#request("/entries", { agent, method: "POST", headers }, body)).status;
  }

  /** The messages of all entries, as the writer has them: it is asked for whoever wrote an entry that the replica does not have. */
  async #book(): Promise<Set<string>> {
    const messages = new Set<string>();
    const headers = { cookie: `last-entry=${randomUUID()}` };
    let before: number | null = Number.MAX_SAFE_INTEGER;
    while (before !== null) {
      const { status, body } = await this.#request(`/api/entries?before=${Math.min(before, 1e15 - 1)}`, { headers });
      if (status !== 200) throw new Error(`the guest book cannot be read: ${status} ${body}`);
      const page = JSON.parse(body) as { entries: { message: string }[]; older: number | null };
      for (const { message } of page.entries) messages.add(message);
      before = page.older;
    }
    return messages;
  }

  #request(path: string, options: RequestOptions, body?: string): Promise<{ status: number; body: string }> {
    const { https, http, domain, caFile } = this.#live.document;
    const { address, port } = this.#encrypted ? https : http;
    const { headers, ...rest } = options;
    return new Promise((resolve, reject) => {
      const request = (this.#encrypted ? ask : askPlain)({
        agent: false,
        ...rest,
        host: address,
        port,
        path,
        headers: { host: domain, ...(headers as Record<string, string>) },
        ...(this.#encrypted && { servername: domain, ca: readFileSync(caFile) }),
      });
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${PATIENCE_MS / 1_000} s`)),
        PATIENCE_MS,
      );
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        reject(new BrokenConnection(error, request.reusedSocket));
      };
      request.once("error", fail);
      request.once("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (data: string) => {
          text += data;
        });
        response.once("error", fail);
        response.once("end", () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: text });
        });
      });
      request.end(body);
    });
  }
}

/** A line for people. */
export function summary({ name, visits, failed, seconds, slowestMs }: Measured): string {
  const counts = new Map<string, number>();
  for (const { failure = "" } of failed) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  const reasons = [...counts].map(([failure, count]) => `${count} ${failure}`).join(", ");
  return (
    `${name}: ${failed.length} of ${visits.length} visits failed (${writes(failed)} of them writes), within ${seconds.toFixed(1)} s; ` +
    `the slowest took ${(slowestMs / 1_000).toFixed(1)} s${reasons && `. ${reasons}`}`
  );
}

const writes = (visits: readonly Visit[]): number => visits.filter(({ kind }) => kind === "write").length;

class BrokenConnection extends Error {
  /** Whether it ended on a connection that had served before. */
  readonly wasKept: boolean;

  constructor(error: NodeJS.ErrnoException, isReused: boolean) {
    super(error.message);
    this.wasKept = isReused && (error.code === "ECONNRESET" || error.code === "EPIPE");
  }
}
