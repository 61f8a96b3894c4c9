/** A stack of a test's own that is up in an emulated account and live on this machine. Everything is stopped and removed afterwards. */

import { execFile } from "node:child_process";
import { Resolver } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { holderOf } from "../../local/cloud/lock.ts";
import type { Request as LiveRequest } from "../../local/live/commands/command.ts";
import { readStatus } from "../../local/live/commands/command.ts";
import { down } from "../../local/live/commands/down.ts";
import { cut, heal, kill } from "../../local/live/commands/faults.ts";
import { up } from "../../local/live/commands/up.ts";
import { type LiveDocument, type LivePart, partNamed, readLive } from "../../local/live/document.ts";
import { type LiveFiles, liveFiles } from "../../local/live/files.ts";
import type { Member, Status } from "../../local/live/status.ts";
import { findEnvironment } from "../../local/stack/project.ts";
import { World } from "../e2e/world.ts";
import { missing } from "../local/live/privileged.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** @default the site's own name */
  readonly host?: string;
  /** @default true */
  readonly encrypted?: boolean;
  readonly timeoutMs?: number;
}

/** How long something may take to become as it should, with other tests beside it. Nothing is asserted of times. */
const PATIENCE_MS = 240_000;

const SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Whoever needs it: a test file as a whole, for which `teardown` is `test.after.always`, or a test. */
type Keeper = Parameters<typeof World.with>[0];

export class LiveWorld {
  readonly world: World;
  readonly environment: string;
  readonly #request: LiveRequest;

  private constructor(world: World, environment: string) {
    this.world = world;
    this.environment = environment;
    const found = findEnvironment(world.root, environment, world.localDir);
    const files = liveFiles(found.directory);
    this.#request = { environment: found, files, machine: "", zone: "", parameters: [] };
  }

  /** Brings the stack up in the account and boots it. */
  static async start(
    keeper: Keeper,
    environment: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<LiveWorld> {
    const world = World.with(keeper, { [environment]: settings });
    await world.succeed("up", environment);
    const live = new LiveWorld(world, environment);
    keeper.teardown(() => live.down());
    if ((await up(live.#request)) !== 0) keeper.fail(`${environment} did not come up: ${live.log()}`);
    return live;
  }

  async down(): Promise<void> {
    await down(this.#request);
  }

  get document(): LiveDocument {
    const document = readLive(this.#request.files.live);
    if (document === undefined) throw new Error(`${this.environment} is not live`);
    return document;
  }

  get status(): Status {
    const status = readStatus(this.#request);
    if (status === undefined) throw new Error(`${this.environment} is not live`);
    return status;
  }

  /** The name of the run: what it makes on this machine begins so. */
  get id(): string {
    return this.#request.files.id;
  }

  get files(): LiveFiles {
    return this.#request.files;
  }

  /** The process that all of it hangs on. */
  get supervisor(): number {
    return holderOf(this.#request.files.lock)?.pid ?? 0;
  }

  /** Where the supervisor keeps things. */
  get directory(): string {
    return this.#request.files.directory;
  }

  log(): string {
    return readFileSync(this.#request.files.log, "utf8");
  }

  /** Returns once a status is as wanted. */
  async until(what: string, holds: (status: Status) => boolean): Promise<Status> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const { status } = this;
      if (holds(status)) return status;
      if (Date.now() > deadline) {
        throw new Error(
          `${what}: not within ${PATIENCE_MS / 1_000} s.\n${JSON.stringify(status, undefined, 2)}\n${this.log()}`,
        );
      }
      await sleep(100);
    }
  }

  ready(): Promise<Status> {
    return this.until("everything is ready", ({ phase }) => phase === "ready");
  }

  members(tier: string): readonly Member[] {
    return this.status.members.filter((member) => member.tier === tier);
  }

  part(name: string): LivePart {
    return partNamed(this.document, name);
  }

  /** What a command says that runs on a machine as root, or on the internet of the stack where `name` is `outside`. */
  run(name: string, ...command: string[]): Promise<string> {
    const target =
      name === "outside"
        ? [`--net=/run/netns/${this.id}-outside`]
        : ["--target", String(this.part(name).pid), "--all", "--root", "--wd", "env", "-i", `PATH=${SEARCH}`];
    return new Promise((resolve, reject) => {
      execFile("nsenter", [...target, ...command], { timeout: 60_000 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${command.join(" ")} on ${name}: ${error.message}\n${stdout}${stderr}`));
        else resolve(stdout.trim());
      });
    });
  }

  /** Answers of the stack's public name server, by the port on this machine. */
  resolver(): Resolver {
    const { address, port } = this.document.dns;
    const resolver = new Resolver({ timeout: 2_000, tries: 3 });
    resolver.setServers([`${address}:${port}`]);
    return resolver;
  }

  /** Boots what the account holds, where it is not running. */
  up(): Promise<number> {
    return up(this.#request);
  }

  kill(name: string): Promise<number> {
    return kill({ ...this.#request, machine: name });
  }

  cut(zone: string): Promise<number> {
    return cut({ ...this.#request, zone });
  }

  heal(): Promise<number> {
    return heal(this.#request);
  }

  /** Asks the site as a visitor does, who resolves its name and verifies its certificate. */
  ask(path = "/", asking: Asking = {}): Promise<Answer> {
    const { https, http, domain, caFile } = this.document;
    const { method = "GET", headers = {}, body, host = domain, encrypted = true, timeoutMs = 15_000 } = asking;
    const { address, port } = encrypted ? https : http;
    const options = {
      host: address,
      port,
      path,
      method,
      headers: { host, ...headers },
      agent: false as const,
      timeout: timeoutMs,
      ...(encrypted && { servername: host, ca: readFileSync(caFile) }),
    };
    return new Promise((resolve, reject) => {
      const request = (encrypted ? httpsRequest : httpRequest)(options, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (data: string) => {
          text += data;
        });
        response.once("error", reject);
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      request.once("timeout", () => request.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)));
      request.once("error", reject);
      request.end(body);
    });
  }
}

/**
 * One stack for all tests of a file: it comes up before the first and goes after the last. Where the machine cannot boot any, its tests are skipped and
 * nothing comes up.
 */
export function liveInAll(environment: string, settings: Readonly<Record<string, unknown>>): () => LiveWorld {
  const ends: (() => void | Promise<void>)[] = [];
  let live: LiveWorld | undefined;
  if (missing().length === 0) {
    test.before(async (t) => {
      t.timeout(600_000);
      const keeper: Keeper = { teardown: (end) => void ends.unshift(end), fail: (message) => t.fail(message) };
      live = await LiveWorld.start(keeper, environment, settings);
    });
    test.after.always(async () => {
      for (const end of ends) await end();
    });
  }
  return () => {
    if (live === undefined) throw new Error(`${environment} did not come up`);
    return live;
  };
}
