import type { TargetGroup } from "../account/account.ts";
import {
  addressOf,
  backendName,
  checkedServer,
  cookieOf,
  openBackendName,
  openServer,
  serverName,
} from "./backends.ts";
import type { BalancedNode } from "./balanced-node.ts";
import type { Control } from "./control.ts";
import { CHECKING, DRAINING, finding, lastCheck, type TargetHealth } from "./health.ts";

type Row = Readonly<Record<string, string>>;

/** A target from its registration until its last request is answered. */
interface Served {
  readonly group: TargetGroup;
  readonly id: string;
  readonly port: number;
  readonly address: string;
  /** Initial: it is asked for its health and gets no requests. Leaving: it gets no new requests. */
  phase: "initial" | "known" | "leaving";
  /** Of one that is initial: since when its checks fail, in milliseconds. */
  failingSince: number | undefined;
  /** Of one that leaves: when requests that it still has are cut off, in milliseconds. */
  until: number;
}

/**
 * The targets of a running HAProxy. A new one is drained (`drain` in HAProxy's words: checked, and given nothing) until it passes its first check, as
 * AWS has it, and then comes in by its slow start, if there is one. One that fails as often as its group says is unhealthy, and HAProxy's own counting
 * decides from then on.
 */
export class Targets {
  readonly #control: Control;
  readonly #served: Map<string, Served>;

  constructor(control: Control, node: BalancedNode) {
    this.#control = control;
    this.#served = new Map(wanted(node));
  }

  /** Adds and removes targets. Nothing else may differ. */
  async become(node: BalancedNode): Promise<void> {
    const now = wanted(node);
    for (const [name, served] of this.#served)
      if (!now.has(name) && served.phase !== "leaving") await this.#dismiss(served);
    for (const [name, served] of now) {
      const before = this.#served.get(name);
      if (before !== undefined && before.phase !== "leaving") continue;
      await this.#add(served);
      this.#served.set(name, served);
    }
  }

  /** Gives targets that are not wanted any more no new requests. */
  async leave(node: BalancedNode): Promise<void> {
    const now = wanted(node);
    for (const [name, served] of this.#served)
      if (!now.has(name) && served.phase !== "leaving") await this.#dismiss(served);
  }

  /** After a new process has taken over, with what {@link stateFile} told it. */
  reloaded(node: BalancedNode): void {
    const now = wanted(node);
    for (const name of this.#served.keys()) if (!now.has(name)) this.#served.delete(name);
    for (const [name, served] of now) {
      const before = this.#served.get(name);
      const phase = before?.phase === "known" ? "known" : "initial";
      this.#served.set(name, { ...served, phase });
    }
  }

  /** Does what is due: takes in what is healthy now, and removes what has finished. */
  async tend(): Promise<void> {
    if ([...this.#served.values()].every(({ phase }) => phase === "known")) return;
    const rows = await this.#rows();
    for (const [name, served] of this.#served) {
      if (served.phase === "initial") await this.#judge(served, rows.get(name));
      if (served.phase === "leaving") await this.#remove(name, served);
    }
  }

  async health(): Promise<TargetHealth[]> {
    const rows = await this.#rows();
    return [...this.#served].map(([name, { group, id, port, phase }]) => {
      const target = { targetGroupArn: group.arn, id, port };
      if (phase === "initial") return { ...target, ...CHECKING };
      return { ...target, ...(phase === "leaving" ? DRAINING : finding(rows.get(name) ?? {})) };
    });
  }

  async #rows(): Promise<ReadonlyMap<string, Row>> {
    return new Map((await this.#control.statistics()).map((row) => [`${row.pxname}/${row.svname}`, row]));
  }

  async #add(served: Served): Promise<void> {
    const { group, address, port } = served;
    const [checked, open] = serversOf(served);
    const what = `${address}:${port}`;
    const cookie = cookieOf(group, served);
    // One that comes back while it leaves is there already.
    await this.#control.ask(`add server ${checked} ${what} ${checkedServer(group)}${cookie}`);
    await this.#control.ask(`add server ${open} ${what} ${openServer(group)}${cookie}`);
    const answer = await this.#control.ask(
      `enable health ${checked}`,
      `set server ${checked} state drain`,
      `set server ${open} state ready`,
    );
    if (answer.includes("No such server"))
      throw new Error(`HAProxy does not take the target ${checked}: ${answer.trim()}`);
  }

  async #judge(served: Served, row: Row = {}): Promise<void> {
    const [checked] = serversOf(served);
    if (lastCheck(row) === "L7OK") {
      // Leaving maintenance is what HAProxy takes for the start of a server, from which it counts the slow start.
      await this.#control.ask(
        `set server ${checked} state maint`,
        `set server ${checked} state ready`,
        `set server ${checked} health up`,
      );
    } else if (row.status?.startsWith("DOWN")) {
      // HAProxy does not count on where it knows already that a server is down.
      served.failingSince ??= Date.now();
      const { intervalSeconds, unhealthyThreshold } = served.group.healthCheck;
      if (Date.now() - served.failingSince < intervalSeconds * (unhealthyThreshold - 1) * 1_000) return;
      await this.#control.ask(`set server ${checked} state ready`);
    } else return;
    served.phase = "known";
  }

  async #dismiss(served: Served): Promise<void> {
    await this.#control.ask(...serversOf(served).map((server) => `set server ${server} state maint`));
    served.phase = "leaving";
    served.until = Date.now() + served.group.deregistrationDelaySeconds * 1_000;
  }

  async #remove(name: string, served: Served): Promise<void> {
    const isLate = Date.now() >= served.until;
    const answers = [];
    for (const server of serversOf(served)) {
      if (isLate) await this.#control.ask(`shutdown sessions server ${server}`);
      answers.push(await this.#control.ask(`del server ${server}`));
    }
    if (answers.every((answer) => /Server deleted|No such server/.test(answer))) this.#served.delete(name);
  }
}

function wanted(node: BalancedNode): Map<string, Served> {
  const all = node.targetGroups.flatMap((group) =>
    group.targets.flatMap((target) => {
      const address = addressOf(target, node);
      const served = { group, ...target, phase: "initial", failingSince: undefined, until: 0 } as const;
      return address === undefined ? [] : [{ ...served, address }];
    }),
  );
  return new Map(all.map((served) => [serversOf(served)[0], served]));
}

/** The server that is checked and the one for when no server of the group is healthy. */
function serversOf({ group, ...target }: Pick<Served, "group" | "id" | "port">): [string, string] {
  const server = serverName(target);
  return [`${backendName(group.arn)}/${server}`, `${openBackendName(group.arn)}/${server}`];
}

const HEAD =
  "be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result " +
  "srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr " +
  "srv_agent_addr srv_agent_port";

/** Bits of srv_admin_state, in HAProxy's own words `SRV_ADMF_FDRAIN` and `SRV_ADMF_FMAINT`. */
const DRAINED = 8;
const SENT_AWAY = 1;

/**
 * What a process is to know of its servers when it starts: the same as the one before, and of new ones that they are drained.
 *
 * @param before what the process before says of its own, empty for the first one
 */
export function stateFile(before: string, node: BalancedNode): string {
  const known = new Map(before.split("\n").map((line) => [keptName(line), line]));
  const lines = [...wanted(node)].map(([name, { group, address, port, ...target }]) => {
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    const { healthyThreshold: rise, port: asked } = group.healthCheck;
    const server = serverName({ ...target, port });
    const tls = group.protocol === "HTTPS" ? 1 : 0;
    const checked = asked === "traffic-port" ? 0 : asked;
    return `0 ${backendName(group.arn)} 0 ${server} ${address} 2 ${DRAINED} 1 1 0 1 0 ${rise} 6 0 0 0 - ${port} - ${tls} ${checked} - - 0`;
  });
  return `${["1", `# ${HEAD}`, ...lines].join("\n")}\n`;
}

/** Whose state a line tells; nobody's where it was sent away and now is wanted again, which is a new beginning. */
function keptName(line: string): string {
  const [, backend, , server, , , admin] = line.split(" ");
  return Number(admin) & SENT_AWAY ? "" : `${backend}/${server}`;
}
