/** What a run of `make live` has on this machine, to see that it comes and that it goes. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { LiveFiles } from "../../local/live/files.ts";
import { groupOf } from "../../local/live/machines/control-groups.ts";
import { systemEnvironment } from "../../local/live/network/commands.ts";
import { namespacesOf } from "../../local/live/network/namespaces.ts";

type Kind = "namespaces" | "processes" | "mounts" | "loop devices" | "control groups" | "files";

export const NOTHING: Record<Kind, readonly string[]> = {
  namespaces: [],
  processes: [],
  mounts: [],
  "loop devices": [],
  "control groups": [],
  files: [],
};

/** @param groups control groups that the run was seen to have, by {@link groupsOf} */
export function leftovers(files: LiveFiles, groups: readonly string[]): Record<Kind, readonly string[]> {
  const { id, directory, live, parts, sockets, status } = files;
  // Loop devices tell the real name.
  const marks = [`${id}-`, `${directory}/`, `${realpathSync(directory)}/`, `${sockets}/`];
  const isOurs = (text: string) => marks.some((mark) => text.includes(mark));
  return {
    namespaces: namespacesOf(`${id}-`),
    // A process of a machine may be called anything, but it sees the machine's disk as its root.
    processes: numbers("/proc").filter((pid) =>
      ["cmdline", "mountinfo"].some((name) => isOurs(read(`/proc/${pid}/${name}`).replaceAll("\0", " "))),
    ),
    mounts: read("/proc/self/mountinfo").split("\n").filter(isOurs),
    "loop devices": readdirSync("/sys/block").filter((name) => isOurs(read(`/sys/block/${name}/loop/backing_file`))),
    "control groups": groups.filter((name) => existsSync(name)),
    files: [live, parts, sockets, status].filter((file) => existsSync(file)),
  };
}

/** The control groups of what a run has on this machine now. */
export function groupsOf({ parts }: LiveFiles): string[] {
  const beginnings = readdirSync(parts).map((name) => groupOf(join(parts, name)));
  const found = execFileSync("find", ["/sys/fs/cgroup", "-type", "d", "-name", "webstack-live-*"], {
    encoding: "utf8",
  });
  return found.split("\n").filter((path) => beginnings.some((beginning) => path.includes(`/${beginning}`)));
}

/** The network of the machine itself, which is nobody's to change. */
export function hostNetwork(): Record<string, string> {
  const ask = (command: string, ...parameters: string[]) =>
    execFileSync(command, parameters, { encoding: "utf8", env: systemEnvironment() });
  const links = JSON.parse(ask("ip", "-json", "address")) as { ifname: string; addr_info: { local: string }[] }[];
  return {
    links: links.map(({ ifname, addr_info }) => [ifname, ...addr_info.map(({ local }) => local)].join(" ")).join("\n"),
    routes: ask("ip", "route", "show", "table", "all"),
    firewall: ask("nft", "--stateless", "list", "ruleset"),
    forwarding: read("/proc/sys/net/ipv4/ip_forward"),
  };
}

const numbers = (directory: string): string[] => readdirSync(directory).filter((name) => /^\d+$/.test(name));

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
