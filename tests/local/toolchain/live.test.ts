import { existsSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { Machine } from "./machine.ts";

const TOOLS = "curl debootstrap findmnt flock ip losetup nft nsenter setpriv systemd-nspawn unshare".split(" ");

/** Debian's keys are a file of the system, which a test cannot take away. */
const keyring = existsSync("/usr/share/keyrings/debian-archive-keyring.gpg") ? "" : "debian-archive-keyring ";

/** A Linux of root's that has the tools of `make live`, but for some. */
function linux(t: ExecutionContext, { without = [] as string[], system = "Linux", user = "0" } = {}): Machine {
  const machine = new Machine(t).withNode().provide("uname", `echo ${system}`).provide("id", `echo ${user}`);
  for (const tool of TOOLS) if (!without.includes(tool) && tool !== "flock") machine.provide(tool, ":");
  return machine;
}

test("make live needs Linux and root, and says why", async (t) => {
  const elsewhere = await linux(t, { system: "Darwin" }).with("live", "--", "true");
  t.is(
    elsewhere.stderr,
    "error: make live boots machines in namespaces of Linux, and this is Darwin. Use a Linux machine, also a virtual one.\n",
  );
  const nobody = await linux(t, { user: "1000" }).with("live", "--", "true");
  t.is(
    nobody.stderr,
    "error: make live makes network namespaces and mounts file systems, which only root may: use sudo make live.\n",
  );
  t.deepEqual([elsewhere.status, nobody.status], [1, 1]);
});

test("tools that are there are used, and what is missing is installed by apt, with a list that may have to be fetched", async (t) => {
  const machine = linux(t, { without: ["systemd-nspawn", "unshare", "nsenter"] });
  machine.provide("apt-get", `case "$*" in *update*) touch "$0.updated" ;; *) [ -e "$0.updated" ] ;; esac`);
  const { status, stderr, stdout } = await machine.with("live", "--", "echo", "ready");
  t.deepEqual([status, stdout], [0, "ready\n"]);
  const packages = `${keyring}systemd-container util-linux `;
  t.is(stderr, `Installing what make live needs: ${packages}...\n`);
  const install = `apt-get --quiet=2 --yes -o DPkg::Lock::Timeout=300 install --no-install-recommends ${packages.trim()}`;
  t.deepEqual(
    machine.calls.filter((call) => call.startsWith("apt-get")),
    [install, "apt-get --quiet=2 update", install],
  );
});

test("without apt it says which of Debian's packages are missing", async (t) => {
  const { status, stderr } = await linux(t, { without: ["systemd-nspawn"] }).with("live", "--", "true");
  t.is(status, 1);
  t.is(
    stderr,
    `error: make live needs what Debian has in these packages: ${keyring}systemd-container - and there is no apt-get here to install them.\n`,
  );
});
