import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { contained } from "./container.ts";
import { groupOf, removeGroupsSoon } from "./control-groups.ts";
import { mortal } from "./mortal.ts";
import { processInside } from "./processes.ts";
import { trust } from "./trust.ts";
import { AttachedVolume, type Volume } from "./volume.ts";

export interface MachineOptions {
  /** Unique within the run: letters, digits and dashes. */
  readonly name: string;
  readonly hostname: string;
  /** See {@link base}. */
  readonly base: string;
  /** A name in /run/netns, whose interface has its address already. */
  readonly namespace: string;
  /** Its own: its disk, and what came out of its console. */
  readonly directory: string;
  /** Certificates, as PEM, that it trusts beside Debian's. */
  readonly authorities: string;
  /** Address of the name server. */
  readonly resolver: string;
  readonly volumes: readonly Volume[];
}

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the init of a container does at these signals. Source: systemd(1), signals. */
const RTMIN = 34;
const POWER_OFF = RTMIN + 4;
const REBOOT = RTMIN + 5;

/** What systemd-nspawn ends with when the machine wants to come up again. */
const WANTS_REBOOT = 133;

const COMMAND_MS = 60_000;

/**
 * A machine: the image's systemd, with cloud-init and all, in a container on a disk of its own. There is no kernel of its own and no hardware, and its
 * network is that of the namespace; everything else is what an EC2 instance does with the same image and user data.
 */
export class BootedMachine {
  /** Settles when it is off, by whatever cause, and nothing of it runs. A reboot is not an end. */
  readonly exited: Promise<void>;

  readonly #options: MachineOptions;
  readonly #volumes: AttachedVolume[] = [];
  #container: ChildProcess | undefined;
  #pid = 0;
  #boots = 0;
  #off = false;
  #up: (error?: Error) => void = () => {};
  readonly #end: () => void;

  private constructor(options: MachineOptions) {
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.exited = promise;
    this.#end = resolve;
  }

  /** Starts a machine, and returns as soon as its init runs. A disk that is in the directory already is booted again. */
  static async boot(options: MachineOptions): Promise<BootedMachine> {
    const machine = new BootedMachine(options);
    layOut(options);
    try {
      for (const volume of options.volumes) machine.#volumes.push(await AttachedVolume.attach(volume));
    } catch (error) {
      await machine.#detachAll();
      throw error;
    }
    await machine.#start();
    return machine;
  }

  /** Of the machine's init, in the process namespace of the host. Another one after a reboot. */
  get pid(): number {
    return this.#pid;
  }

  /** How often it has booted from the disk that it has, since {@link BootedMachine.boot}. */
  get boots(): number {
    return this.#boots;
  }

  /** As EC2 stops or terminates an instance: it gets its time to stop its services, and then no more. */
  async shutDown(timeoutSeconds: number): Promise<void> {
    this.#signal(POWER_OFF);
    const ended = await Promise.race([
      this.exited.then(() => true),
      sleep(timeoutSeconds * 1_000, false, { ref: false }),
    ]);
    if (!ended) this.kill();
    await this.exited;
  }

  /** As if power failed. */
  kill(): void {
    this.#off = true;
    this.#container?.kill("SIGKILL");
  }

  /** Keeps its disk. Returns when its init runs anew. */
  async reboot(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#up = (error) => (error ? reject(error) : resolve());
    this.#signal(REBOOT);
    await Promise.race([
      promise,
      this.exited.then(() => {
        throw new Error(`${this.#options.name} went off instead of rebooting. ${this.#console()}`);
      }),
    ]);
  }

  /** Shows the machine another volume while it runs. */
  async attach(volume: Volume): Promise<void> {
    const attached = await AttachedVolume.attach(volume);
    this.#volumes.push(attached);
    const script = [
      // Loop devices have one major number, and their own as the minor one.
      ...[attached.device, attached.name].map((path) => `[ -b ${path} ] || mknod -m 660 ${path} b 7 ${attached.minor}`),
      ...attached.links.map((link) => `mkdir -p ${dirname(link)}; ln -sfn ${attached.name} ${link}`),
    ];
    const result = await this.run(["sh", "-ec", script.join("\n")]);
    if (result.status !== 0) throw new Error(`${volume.volumeId} could not be shown: ${result.stderr.trim()}`);
  }

  /** Runs a command inside, as root. */
  async run(command: readonly string[], { input = "", timeoutMs = COMMAND_MS } = {}): Promise<CommandResult> {
    const environment = ["env", "-i", "HOME=/root", "LANG=C.UTF-8", `PATH=${SEARCH}`];
    const child = spawn(
      "nsenter",
      ["--target", String(this.#pid), "--all", "--root", "--wd", ...environment, ...command],
      {
        timeout: timeoutMs,
        killSignal: "SIGKILL",
      },
    );
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (data) => {
        output[name] += data;
      });
    }
    // It may end without having read it.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const [status] = await once(child, "close");
    return { status: status ?? -1, ...output };
  }

  /** The command, for a terminal, that opens a shell inside. */
  get shell(): readonly string[] {
    const environment = ["env", "-i", "HOME=/root", "LANG=C.UTF-8", `PATH=${SEARCH}`, "TERM=linux"];
    return ["nsenter", "--target", String(this.#pid), "--all", "--root", "--wd", ...environment, "bash", "-l"];
  }

  /** The end of its journal, of this boot where it runs. */
  async journal(lines = 100): Promise<string> {
    const { stdout } = await this.run(["journalctl", "--no-pager", "--boot", `--lines=${lines}`]);
    return stdout;
  }

  async #start(): Promise<void> {
    const { name, directory } = this.#options;
    nameVolumes(join(directory, "disk"), this.#volumes);
    const log = openSync(join(directory, "console.log"), "a");
    const container = spawn(...mortal(this.#command()), {
      stdio: ["ignore", log, log],
      detached: true,
      env: { ...process.env, UNIFIED_CGROUP_HIERARCHY: "1" },
    });
    closeSync(log);
    this.#container = container;
    container.once("close", (status) => void this.#ended(status));
    const closed = once(container, "close");
    closed.catch(() => {});
    await once(container, "spawn");
    try {
      this.#pid = await Promise.race([
        processInside(container.pid as number, 1),
        closed.then(([status]) => {
          throw new Error(`${name} did not boot: systemd-nspawn ended with ${status}. ${this.#console()}`);
        }),
      ]);
      this.#boots++;
      this.#up();
    } catch (error) {
      this.kill();
      this.#up(error as Error);
      throw error;
    }
  }

  async #ended(status: number | null): Promise<void> {
    await removeGroupsSoon(groupOf(this.#options.directory));
    if (status === WANTS_REBOOT && !this.#off) {
      await this.#start().catch(() => {});
      return;
    }
    await this.#detachAll().catch(() => {});
    this.#end();
  }

  async #detachAll(): Promise<void> {
    await Promise.all(this.#volumes.map((volume) => volume.detach()));
  }

  #signal(signal: number): void {
    // Its number may be another's by now.
    if (this.#container?.exitCode !== null || this.#container.signalCode !== null) return;
    try {
      process.kill(this.#pid, signal);
    } catch {
      // It is off.
    }
  }

  #command(): string[] {
    const { base, directory, hostname, name, namespace } = this.#options;
    const overlay = `lowerdir=${base}/image,upperdir=${join(directory, "disk")},workdir=${join(directory, "work")}`;
    const nodes = this.#volumes.flatMap((volume) => [
      `--bind=${volume.device}:${volume.name}`,
      // Labels are looked for among the names that the kernel has.
      `--bind=${volume.device}`,
    ]);
    return [
      ...contained({ name, namespace, group: groupOf(directory), root: join(directory, "root"), overlay }),
      `--hostname=${hostname}`,
      "--console=read-only",
      ...nodes,
      "--boot",
    ];
  }

  #console(): string {
    return `The end of its console:\n${readFileSync(join(this.#options.directory, "console.log"), "utf8").trim().slice(-2_000)}`;
  }
}

const SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The disk before its first boot: the image, and what the network would tell it. */
function layOut({ authorities, base, directory, hostname, resolver }: MachineOptions): void {
  const disk = join(directory, "disk");
  if (existsSync(disk)) return;
  const staging = `${disk}.new`;
  rmSync(staging, { recursive: true, force: true });
  for (const path of [join(staging, "etc/tmpfiles.d"), join(directory, "work"), join(directory, "root")]) {
    mkdirSync(path, { recursive: true });
  }
  writeFileSync(join(staging, "etc/hostname"), `${hostname}\n`);
  writeFileSync(join(staging, "etc/resolv.conf"), `nameserver ${resolver}\n`);
  trust(join(base, "image"), staging, authorities);
  renameSync(staging, disk);
}

/** Has the names of volumes made early in the boot, as udev would. */
function nameVolumes(disk: string, volumes: readonly AttachedVolume[]): void {
  const links = volumes.flatMap(({ links, name }) => links.map((link) => `L+ ${link} - - - - ${name}\n`));
  writeFileSync(join(disk, "etc/tmpfiles.d/webstack-live.conf"), links.join(""));
}
