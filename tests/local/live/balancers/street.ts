/** A network namespace of a test's own with little web servers, a load balancer before them, and clients. */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ExecutionContext } from "ava";
import type { BalancedNode } from "../../../../local/live/balancers/balanced-node.ts";
import { BalancerNode } from "../../../../local/live/balancers/node.ts";
import { base } from "../../../../local/live/machines/base.ts";
import type { Answer, Behaviour, Order } from "./street-process.ts";

type Asking = Omit<Order & { do: "ask" }, "do" | "url">;

export class Street {
  readonly #orders: (order: Order) => Promise<Answer | undefined>;
  readonly #namespace: string;
  readonly #t: ExecutionContext;

  private constructor(t: ExecutionContext, namespace: string, orders: (order: Order) => Promise<Answer | undefined>) {
    this.#t = t;
    this.#namespace = namespace;
    this.#orders = orders;
  }

  static async open(t: ExecutionContext): Promise<Street> {
    const namespace = `wsb${randomBytes(4).toString("hex")}`;
    execFileSync("ip", ["netns", "add", namespace]);
    execFileSync("ip", ["-n", namespace, "link", "set", "lo", "up"]);
    const script = join(import.meta.dirname, "street-process.ts");
    const child = spawn("ip", ["netns", "exec", namespace, process.execPath, script], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    t.teardown(() => {
      child.kill("SIGKILL");
      execFileSync("ip", ["netns", "delete", namespace]);
    });
    const waiting = new Map<number, (told: { answer?: Answer; error?: string }) => void>();
    child.on("message", (told: { id: number; answer?: Answer; error?: string }) => {
      waiting.get(told.id)?.(told);
      waiting.delete(told.id);
    });
    let last = 0;
    return new Street(t, namespace, (order) => {
      const id = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ answer, error }) => (error === undefined ? resolve(answer) : reject(new Error(error))));
        child.send({ id, order });
      });
    });
  }

  /** Starts servers, each of which tells its port. */
  async servers(ports: readonly number[], tls?: { readonly cert: string; readonly key: string }): Promise<void> {
    for (const port of ports) await this.#orders({ do: "open", port, ...(tls && { tls }) });
  }

  async close(port: number): Promise<void> {
    await this.#orders({ do: "close", port });
  }

  /** From now on nothing answers at the port, not even with a refusal. */
  silence(port: number): void {
    // A package for npm has a command of the same name.
    const nft = (command: string) =>
      execFileSync("ip", ["netns", "exec", this.#namespace, "nft", command], {
        env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
      });
    nft("add table ip silence; add chain ip silence input { type filter hook input priority 0; }");
    nft(`add rule ip silence input tcp dport ${port} drop`);
  }

  async behave(port: number, path: string, as: Behaviour): Promise<void> {
    await this.#orders({ do: "behave", port, path, as });
  }

  async ask(url: string, asking: Asking = {}): Promise<Answer> {
    return (await this.#orders({ do: "ask", url, ...asking })) as Answer;
  }

  /** Which servers answered so many requests, one after the other. */
  async served(times: number, url = "http://127.0.0.1/", asking: Asking = {}): Promise<number[]> {
    const ports = [];
    for (let time = 0; time < times; time++) ports.push(portOf(await this.ask(url, asking)));
    return ports;
  }

  async balancer(node: BalancedNode): Promise<BalancerNode> {
    const directory = mkdtempSync(join(tmpdir(), "webstack-balancer-"));
    this.#t.teardown(() => rmSync(directory, { recursive: true, force: true }));
    const name = `${this.#namespace}-lb`;
    const started = await BalancerNode.start({
      name,
      base: await base(() => {}),
      namespace: this.#namespace,
      directory,
      node,
    });
    this.#t.teardown(() => started.stop());
    return started;
  }
}

/** The server that answered. */
export const portOf = ({ body }: Answer): number => (body.startsWith("{") ? JSON.parse(body).port : 0);

/** How often each server is in a list. */
export function counts(ports: readonly number[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(ports, String)].map(([port, all]) => [port, all.length]).toSorted());
}

/** The health of targets in few words, by their ports. */
export async function healthOf(balancer: BalancerNode): Promise<Record<string, string>> {
  const health = await balancer.health();
  return Object.fromEntries(
    health.map(({ port, state, reason }) => [port, reason === undefined ? state : `${state} ${reason}`]),
  );
}

/** Returns once something is the case, and fails if it never is. */
export async function eventually(t: ExecutionContext, what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isSo()) return;
    await sleep(50);
  }
  t.fail(`it never came about that ${what}`);
}

export async function healthy(t: ExecutionContext, balancer: BalancerNode, ports: readonly number[]): Promise<void> {
  await eventually(t, `${ports.join(", ")} are healthy`, async () => {
    const health = await healthOf(balancer);
    return ports.every((port) => health[port] === "healthy");
  });
}
