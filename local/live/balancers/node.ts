import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Appliance, startAppliance } from "../machines/appliance.ts";
import { type BalancedNode, forwardedTo } from "./balanced-node.ts";
import { certificateFile, configurationOf, errorPageFile } from "./configuration.ts";
import { Control } from "./control.ts";
import type { TargetHealth } from "./health.ts";
import { ERROR_PAGES, errorFile } from "./pages.ts";
import { stateFile, Targets } from "./targets.ts";

export interface NodeOptions {
  /** Of the appliance, unique within the run. */
  readonly name: string;
  readonly base: string;
  readonly namespace: string;
  /** Its own, for what it is configured by and for its sockets. */
  readonly directory: string;
  readonly node: BalancedNode;
}

const START_MS = 20_000;
const TEND_MS = 250;

const COMMAND = ["haproxy", "-W", "-S", "/live/master.sock,mode,600", "-f", "/live/haproxy.cfg"];

/**
 * A load balancer in one zone: an HAProxy. What its listeners are needs a new process, which takes over the sockets of the one before; targets come and
 * go without. Either way no request is lost.
 */
export class BalancerNode {
  /** When its process ended, by itself or by {@link stop}. */
  readonly exited: Promise<number | null>;
  readonly #appliance: Appliance;
  readonly #control: Control;
  readonly #directory: string;
  readonly #targets: Targets;
  #configured: string;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #tending: NodeJS.Timeout;

  private constructor(appliance: Appliance, directory: string, control: Control, node: BalancedNode) {
    this.#appliance = appliance;
    this.#control = control;
    this.#directory = directory;
    this.#targets = new Targets(control, node);
    this.#configured = fixedParts(node);
    this.exited = appliance.exited;
    this.#tending = setInterval(() => void this.#inTurn(() => this.#targets.tend()).catch(() => {}), TEND_MS).unref();
    void appliance.exited.finally(() => clearInterval(this.#tending));
  }

  /** @throws Error with what HAProxy says, if it does not start */
  static async start({ name, base, namespace, directory, node }: NodeOptions): Promise<BalancerNode> {
    const served = ready(node);
    write(directory, served, stateFile("", served));
    const appliance = await startAppliance({ name, base, namespace, directory, command: COMMAND });
    const control = new Control(directory);
    const ended = appliance.exited.then(() => true);
    for (const until = Date.now() + START_MS; ; ) {
      if (await control.states().then(Boolean, () => false)) break;
      if (Date.now() > until || (await Promise.race([ended, sleep(20, false)]))) {
        await appliance.stop();
        throw new Error(`The load balancer ${node.balancer.name} does not start:\n${appliance.log().trim()}`);
      }
    }
    return new BalancerNode(appliance, directory, control, served);
  }

  get pid(): number {
    return this.#appliance.pid;
  }

  /** Makes it what it is in the account now. Calls are carried out one after the other. */
  async configure(node: BalancedNode): Promise<void> {
    await this.#inTurn(async () => {
      const served = ready(node);
      const wanted = fixedParts(served);
      if (wanted === this.#configured) {
        await this.#targets.become(served);
        write(this.#directory, served);
        return;
      }
      // The process that goes asks its former targets for nothing more, though a client may still have a connection to it.
      await this.#targets.leave(served);
      write(this.#directory, served, stateFile(await this.#control.states(), served));
      await this.#control.reload();
      this.#configured = wanted;
      this.#targets.reloaded(served);
    });
  }

  /** All targets of the groups that it serves, and those that have left and still work. */
  async health(): Promise<TargetHealth[]> {
    return this.#inTurn(() => this.#targets.health());
  }

  async stop(): Promise<void> {
    clearInterval(this.#tending);
    await this.#appliance.stop();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}

/** What it serves now. A listener whose certificate is not there yet has nothing to show, and does not listen. */
function ready({ balancer, targetGroups, certificates, ...node }: BalancedNode): BalancedNode {
  const groups = forwardedTo(balancer);
  const listeners = balancer.listeners.filter(
    (listener) =>
      listener.protocol === "HTTP" ||
      (listener.certificates.length > 0 && listener.certificates.every(({ arn }) => certificates.has(arn))),
  );
  const shown = new Set(listeners.flatMap((listener) => listener.certificates.map(({ arn }) => arn)));
  return {
    ...node,
    balancer: { ...balancer, listeners },
    targetGroups: targetGroups.filter(({ arn }) => groups.has(arn)),
    certificates: new Map([...certificates].filter(([arn]) => shown.has(arn))),
  };
}

/** Everything but the targets. */
function fixedParts(node: BalancedNode): string {
  const withoutTargets = node.targetGroups.map((group) => ({ ...group, targets: [] }));
  return [configurationOf({ ...node, targetGroups: withoutTargets }), ...[...node.certificates].flat()].join("\n");
}

function write(directory: string, node: BalancedNode, states?: string): void {
  for (const part of ["pages", "certificates"]) mkdirSync(join(directory, part), { recursive: true, mode: 0o700 });
  for (const [status, own] of Object.entries(ERROR_PAGES))
    writeFileSync(join(directory, errorPageFile(status)), errorFile(own));
  for (const [arn, pem] of node.certificates)
    writeFileSync(join(directory, certificateFile(arn)), pem, { mode: 0o600 });
  writeFileSync(join(directory, "haproxy.cfg"), configurationOf(node));
  if (states !== undefined) writeFileSync(join(directory, "servers.state"), states);
}
