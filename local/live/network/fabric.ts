import { inNamespace, system } from "./commands.ts";
import { demandConsistency } from "./consistency.ts";
import {
  FABRIC_SETTINGS,
  fabricLinks,
  internetLinks,
  linkInFabric,
  linkInNamespace,
  ownAddresses,
  removalInFabric,
} from "./links.ts";
import { removeNamespaces } from "./namespaces.ts";
import type { Interface, NetworkPlan } from "./plan.ts";
import { ruleset } from "./ruleset.ts";

const EMPTY: NetworkPlan = {
  networks: [],
  subnets: [],
  securityGroups: [],
  interfaces: [],
  zonesCutOff: [],
};

/** An interface that is there, and the subnet that it was configured for. */
interface Attached {
  readonly each: Interface;
  readonly cidr: string;
}

/**
 * The network of a run: one namespace that is the router of all its networks, one that is the internet, and one for every interface. Nothing of it
 * is seen outside these namespaces.
 */
export class Fabric {
  /** The router: the DNS server of the networks and the metadata service listen here. */
  readonly namespace: string;
  /** The internet: visitors, AWS's endpoints and the public DNS server are here. */
  readonly outside: string;
  readonly #prefix: string;
  readonly #attached = new Map<string, Attached>();
  #ownAddresses: readonly string[] = [];
  #ruleset = "";
  #work: Promise<void> = Promise.resolve();

  private constructor(id: string) {
    this.#prefix = `${id}-`;
    this.namespace = `${id}-fabric`;
    this.outside = `${id}-outside`;
  }

  /**
   * Makes the network of a run, without interfaces. What an earlier run under the same id left is removed first, with its processes.
   *
   * @param id 4 to 8 letters and digits that no other run on this machine has
   */
  static async start({ id }: { readonly id: string }): Promise<Fabric> {
    if (!/^[a-z0-9]{4,8}$/i.test(id)) {
      throw new Error(`The id of a network has 4 to 8 letters and digits, and ${JSON.stringify(id)} has not.`);
    }
    const fabric = new Fabric(id);
    await fabric.#remove();
    await system(["ip", "-batch", "-"], lines([`netns add ${fabric.namespace}`, `netns add ${fabric.outside}`]));
    try {
      const settings = Object.entries(FABRIC_SETTINGS).map(([key, value]) => `echo ${value} > /proc/sys/net/${key}\n`);
      await system(inNamespace(fabric.namespace, ["sh", "-e"]), settings.join(""));
      await ip(fabric.namespace, fabricLinks(fabric.outside));
      await ip(fabric.outside, internetLinks());
      await fabric.apply(EMPTY);
    } catch (error) {
      await fabric.stop();
      throw error;
    }
    return fabric;
  }

  /** The namespace that the interface is in: a name in /run/netns. */
  namespaceOf(interfaceName: string): string {
    return `${this.#prefix}${interfaceName}`;
  }

  /**
   * Makes the network what the plan says. Rules and zones that are cut off change in one moment. An interface that is not in the plan any more
   * goes with its namespace: stop what uses it before.
   *
   * @throws Error if the plan contradicts itself, before anything is changed
   */
  async apply(plan: NetworkPlan): Promise<void> {
    demandConsistency(plan);
    const work = this.#work.then(() => this.#converge(plan));
    this.#work = work.catch(() => {});
    return work;
  }

  /** Removes everything, with all processes in it, also where some of it is gone already. */
  stop(): Promise<void> {
    const work = this.#work.then(() => this.#remove());
    this.#work = work.catch(() => {});
    return work;
  }

  async #converge(plan: NetworkPlan): Promise<void> {
    const cidrs = new Map(plan.subnets.map(({ id, cidr }) => [id, cidr]));
    const wanted = plan.interfaces.map((each): Attached => ({ each, cidr: cidrs.get(each.subnetId) ?? "" }));
    const leaving = [...this.#attached.values()].filter((one) => !wanted.some((other) => isSame(one, other)));
    await this.#detach(leaving);

    const own = ownAddresses(plan);
    await ip(this.namespace, [
      ...this.#ownAddresses.filter((each) => !own.includes(each)).map((each) => `address delete ${each}/32 dev lo`),
      ...own.filter((each) => !this.#ownAddresses.includes(each)).map((each) => `address add ${each}/32 dev lo`),
    ]);
    this.#ownAddresses = own;

    // Rules come before the interfaces that they are for: nothing is ever connected without.
    const rules = ruleset(plan);
    if (rules !== this.#ruleset) await system(inNamespace(this.namespace, ["nft", "-f", "-"]), rules);
    this.#ruleset = rules;

    await this.#attach(wanted.filter(({ each }) => !this.#attached.has(each.name)));
  }

  async #attach(coming: readonly Attached[]): Promise<void> {
    if (coming.length === 0) return;
    const namespace = ({ each }: Attached) => this.namespaceOf(each.name);
    try {
      await system(["ip", "-batch", "-"], lines(coming.map((one) => `netns add ${namespace(one)}`)));
      await ip(
        this.namespace,
        coming.flatMap((one) => linkInFabric(one.each, namespace(one))),
      );
      // One shell for all: starting processes is what takes the time here.
      const configure = coming.map((one) => {
        const commands = linkInNamespace(one.each, one.cidr).join("\n");
        return `ip -n ${namespace(one)} -batch - <<END\n${commands}\nEND\n`;
      });
      await system(["sh", "-e"], configure.join(""));
    } catch (error) {
      await this.#detach(coming);
      throw error;
    }
    for (const one of coming) this.#attached.set(one.each.name, one);
  }

  /** Either end may be gone already: what somebody has removed by hand is no reason to fail. */
  async #detach(leaving: readonly Attached[]): Promise<void> {
    if (leaving.length === 0) return;
    for (const { each } of leaving) this.#attached.delete(each.name);
    await system(
      ["ip", "-force", "-n", this.namespace, "-batch", "-"],
      lines(removalInFabric(leaving.map(({ each }) => each))),
    ).catch(() => {});
    await system(
      ["ip", "-force", "-batch", "-"],
      lines(leaving.map(({ each }) => `netns delete ${this.namespaceOf(each.name)}`)),
    ).catch(() => {});
  }

  async #remove(): Promise<void> {
    await removeNamespaces(this.#prefix);
    this.#attached.clear();
  }
}

function isSame(one: Attached, other: Attached): boolean {
  return one.each.name === other.each.name && one.each.address === other.each.address && one.cidr === other.cidr;
}

async function ip(namespace: string, commands: readonly string[]): Promise<void> {
  if (commands.length > 0) await system(["ip", "-n", namespace, "-batch", "-"], lines(commands));
}

function lines(commands: readonly string[]): string {
  return commands.map((command) => `${command}\n`).join("");
}
