import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";

/** Where these are for root only, they are not on everybody's path. */
const PATH = `${process.env.PATH}:/sbin:/usr/sbin`;
const TOOLS = ["blkid", "mkfs.ext4", "mkswap"];
const missing = TOOLS.filter((tool) => spawnSync(tool, ["-V"], { env: { PATH } }).error !== undefined);
if (missing.length > 0) {
  console.warn(`${missing.join(", ")} not found, so no disk is formatted: apt-get install e2fsprogs util-linux`);
}
const withDisks = missing.length === 0 ? test : test.skip;

const SIZE = 8 * 1024 * 1024;
/** Where what an NVMe controller tells leaves room for vendors, and how long it is. */
const VENDOR = 3072;
const IDENTITY = 4096;

const note = 'echo "$(basename "$0") $*" >>"$ASKED"';

/** What takes the place of a machine's commands. Disks are files, so that they are really looked into and formatted. */
const COMMANDS = {
  // Tells what is in a file beside the disk, whatever the options.
  nvme: 'while [ $# -gt 1 ]; do shift; done; cat "$1.identity"',
  mountpoint: "exit 1",
  mount: note,
  resize2fs: note,
  install: `${note}\nwhile [ $# -gt 1 ]; do shift; done; mkdir -p "$1"`,
  "mariadb-install-db": note,
  // Somebody attaches the volume while the machine waits.
  sleep: `${note}\ncp "$FOLDER/late" "$FOLDER/dev/xvdf"`,
};

type Disk = "blank" | "ext4" | "swap";

/** A machine with disks by their names, and what is on each. NVMe tells under which name EC2 has attached it. */
function machine(t: ExecutionContext, disks: Readonly<Record<string, readonly [Disk, attachedAs?: string]>>) {
  const folder = mkdtempSync(join(tmpdir(), "webstack-data-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const part of ["bin", "dev", "mnt"]) mkdirSync(join(folder, part));
  for (const [name, body] of Object.entries(COMMANDS)) {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  for (const [name, [holds, attachedAs]] of Object.entries(disks)) {
    const file = join(folder, name);
    writeFileSync(file, "");
    truncateSync(file, SIZE);
    if (holds === "ext4") execFileSync("mkfs.ext4", ["-q", "-L", "mine", file], { env: { PATH } });
    if (holds === "swap") execFileSync("mkswap", ["-q", file], { env: { PATH }, stdio: "ignore" });
    if (attachedAs !== undefined) writeFileSync(`${file}.identity`, identity(attachedAs));
  }
  const log = join(folder, "asked");
  writeFileSync(log, "");
  const script = readFileSync("machines/scripts/mount-data.sh", "utf8")
    .replaceAll("/dev/nvme", `${folder}/dev/nvme`)
    .replaceAll("by_name=/dev", `by_name=${folder}/dev`)
    .replaceAll("/var/lib/webstack/data", `${folder}/mnt/data`)
    .replaceAll("[ -b ", "[ -f ");
  const env = { ...process.env, PATH: `${folder}/bin:${PATH}`, FOLDER: folder, ASKED: log, DATA_DEVICE: "/dev/sdf" };
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8", env });
  const clean = (text: string) => text.replaceAll(`${folder}/`, "").trimEnd().split("\n");
  const content = (name: string) => readFileSync(join(folder, name));
  const label = (name: string) =>
    spawnSync("blkid", ["-p", "-s", "LABEL", "-o", "value", join(folder, name)], {
      encoding: "utf8",
      env: { PATH },
    }).stdout.trim();
  return {
    status,
    said: clean(stdout),
    warned: clean(stderr),
    asked: clean(readFileSync(log, "utf8")),
    content,
    label,
  };
}

/** What a controller tells of itself. Line ends in it, and what comes before and after, must not matter. */
function identity(attachedAs: string): Buffer {
  const data = Buffer.alloc(IDENTITY, "\n/dev/sdf ");
  data.fill("\0", VENDOR + 32);
  data.write(attachedAs.padEnd(32, attachedAs.length % 2 ? "\0" : " "), VENDOR, "latin1");
  return data;
}

const mounted = (device: string) => [`mount -o noatime ${device} mnt/data`, `resize2fs ${device}`];

const laidOut = [
  "install -d -o mysql -g mysql -m 0700 mnt/data/mariadb",
  "mariadb-install-db --user=mysql --datadir=mnt/data/mariadb --skip-test-db",
];

for (const name of ["/dev/sdf", "sdf"]) {
  withDisks(`the volume is the NVMe device that EC2 has attached as ${name}, whatever its number`, (t) => {
    const { status, said, asked, label } = machine(t, {
      "dev/nvme0n1": ["blank", "/dev/xvda"],
      "dev/nvme1n1": ["blank", "ephemeral0:sdf"],
      "dev/nvme2n1": ["blank", name],
      "dev/nvme3n1": ["blank", "/dev/sdg"],
    });
    t.is(status, 0);
    t.deepEqual(said, [
      "The volume at /dev/sdf is blank. Making a file system on it.",
      "Laying out a new database in mnt/data/mariadb.",
    ]);
    t.deepEqual(asked, [...mounted("dev/nvme2n1"), ...laidOut]);
    t.deepEqual(["dev/nvme0n1", "dev/nvme1n1", "dev/nvme2n1", "dev/nvme3n1"].map(label), ["", "", "webstack-data", ""]);
  });
}

withDisks("older instance types show the volume by a name like the one it is attached under", (t) => {
  const { status, asked, label } = machine(t, { "dev/xvda": ["blank"], "dev/xvdf": ["blank"] });
  t.is(status, 0);
  t.deepEqual(asked, [...mounted("dev/xvdf"), ...laidOut]);
  t.is(label("dev/xvdf"), "webstack-data");
});

withDisks("a volume that has a file system is never formatted again, and grows", (t) => {
  const { status, asked, label } = machine(t, { "dev/nvme1n1": ["ext4", "/dev/sdf"] });
  t.is(status, 0);
  t.deepEqual(asked, [...mounted("dev/nvme1n1"), ...laidOut]);
  t.is(label("dev/nvme1n1"), "mine");
});

withDisks("a volume that holds something else is left alone, and no database is laid out elsewhere", (t) => {
  const { status, asked, warned, content } = machine(t, { "dev/nvme1n1": ["swap", "/dev/sdf"] });
  t.is(status, 1);
  t.deepEqual(warned, [
    "The volume at /dev/sdf holds swap, not ext4. It is left alone, and the database does not start.",
  ]);
  t.deepEqual(asked, [""]);
  t.true(content("dev/nvme1n1").includes("SWAPSPACE2"));
});

withDisks("another disk never takes the place of a volume that is not attached yet", (t) => {
  const { status, said, asked, label } = machine(t, {
    "dev/nvme0n1": ["blank", "/dev/xvda"],
    "dev/nvme1n1": ["blank", "/dev/sdg"],
    late: ["ext4"],
  });
  t.is(status, 0);
  t.deepEqual(said, [
    "The volume at /dev/sdf is not attached yet. Waiting for it.",
    "Laying out a new database in mnt/data/mariadb.",
  ]);
  t.deepEqual(asked, ["sleep 1", ...mounted("dev/xvdf"), ...laidOut]);
  t.deepEqual(["dev/nvme0n1", "dev/nvme1n1"].map(label), ["", ""]);
});
