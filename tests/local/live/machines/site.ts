import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Account, Machine } from "../../../../local/live/account/account.ts";
import { Authority } from "../../../../local/live/machines/authority.ts";
import { front } from "../../../../local/live/machines/front.ts";
import { listenIn } from "../../../../local/live/machines/listen.ts";
import { BootedMachine, type MachineOptions } from "../../../../local/live/machines/machine.ts";
import { metadataService } from "../../../../local/live/machines/metadata.ts";
import type { RoleCredentials } from "../../../../local/live/machines/metadata-tree.ts";
import { NameServer } from "../../../../local/live/names/server.ts";
import { AUTHORITY, NAME_SERVERS } from "../../../../local/live/names/zone-file.ts";

const AWS = "198.51.100.100";
const METADATA = "169.254.169.254";
const RESOLVER = "169.254.169.253";

/** A machine's network with nothing but what the machine needs: the metadata service, names, and AWS's endpoints. */
export class Site {
  readonly directory = mkdtempSync(join(tmpdir(), "webstack-machines-"));
  readonly fabric: string;
  readonly namespace: string;
  readonly base: string;
  readonly authority: Authority;
  readonly #servers: (Server | HttpServer)[] = [];
  readonly #machines: BootedMachine[] = [];
  #names: NameServer | undefined;

  private constructor(id: string, base: string, authority: Authority) {
    this.fabric = `${id}-fabric`;
    this.namespace = `${id}-machine`;
    this.base = base;
    this.authority = authority;
  }

  static async open(id: string, base: string, machine: Machine): Promise<Site> {
    const site = new Site(id, base, await Authority.make());
    site.#removeNetwork();
    ip(`netns add ${site.fabric}`);
    ip(`netns add ${site.namespace}`);
    ip(`-n ${site.fabric} link set lo up`);
    ip(`-n ${site.namespace} link set lo up`);
    for (const address of [AWS, METADATA, RESOLVER]) ip(`-n ${site.fabric} address add ${address}/32 dev lo`);
    ip(`-n ${site.fabric} link add machine type veth peer name eth0 netns ${site.namespace}`);
    ip(`-n ${site.fabric} address add 10.9.0.1/24 dev machine`);
    ip(`-n ${site.fabric} link set machine up`);
    ip(`-n ${site.namespace} address add ${machine.address}/24 dev eth0`);
    ip(`-n ${site.namespace} link set eth0 up`);
    ip(`-n ${site.namespace} route add default via 10.9.0.1`);
    return site;
  }

  /** Starts what the machine asks, on behalf of an account. */
  async serve(account: Account, endpoint: string, credentialsOf: (machine: Machine) => Promise<RoleCredentials>) {
    const { http, https } = front({ endpoint, authority: this.authority, base: this.base });
    await this.#listen(METADATA, 80, createServer(metadataService({ account: () => account, credentialsOf })));
    await this.#listen(AWS, 80, http);
    await this.#listen(AWS, 443, https);
    const everything = { name: "*", type: "A", ttl: 60, values: [AWS] };
    this.#names = await NameServer.start({
      name: `${this.fabric}-names`,
      base: this.base,
      namespace: this.fabric,
      directory: join(this.directory, "names"),
      addresses: [RESOLVER],
      zones: [{ name: "", authority: AUTHORITY, nameServers: NAME_SERVERS, answers: [everything] }],
    });
  }

  async boot(options: Partial<MachineOptions> = {}): Promise<BootedMachine> {
    const machine = await BootedMachine.boot({
      name: this.namespace,
      hostname: "ip-10-9-0-10",
      base: this.base,
      namespace: this.namespace,
      directory: join(this.directory, "machine"),
      authorities: this.authority.certificate,
      resolver: RESOLVER,
      volumes: [],
      ...options,
    });
    this.#machines.push(machine);
    return machine;
  }

  /** What the machine answers to a visitor from within its network. */
  async visit(path: string): Promise<string> {
    const url = `http://10.9.0.10${path}`;
    const command = ["netns", "exec", this.fabric, "curl", "--silent", "--include", "--max-time", "10", url];
    return (await promisify(execFile)("ip", command)).stdout;
  }

  async close(): Promise<void> {
    for (const machine of this.#machines) {
      machine.kill();
      await machine.exited;
    }
    await this.#names?.stop();
    for (const server of this.#servers) server.close();
    this.#removeNetwork();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #listen(address: string, port: number, server: HttpServer): Promise<void> {
    const listener = await listenIn(this.fabric, address, port);
    listener.on("connection", (socket) => server.emit("connection", socket));
    this.#servers.push(listener);
  }

  #removeNetwork(): void {
    for (const namespace of [this.namespace, this.fabric]) {
      try {
        execFileSync("ip", ["netns", "delete", namespace], { stdio: "ignore" });
      } catch {
        // There is none.
      }
    }
  }
}

function ip(command: string): void {
  execFileSync("ip", command.split(" "), { stdio: ["ignore", "ignore", "pipe"] });
}
