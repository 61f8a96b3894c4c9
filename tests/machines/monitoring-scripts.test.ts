import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";

const AMAZON = "937616F3450B7D806CBD9725D58167303B789C72";
const AGENT = "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl";

/** A folder with commands that take the place of the machine's, and note what they were asked. */
function workshop(t: ExecutionContext, commands: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "webstack-monitoring-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const place = (name: string, body: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  for (const [name, body] of Object.entries(commands)) place(name, body);
  const log = join(folder, "asked");
  writeFileSync(log, "");
  const run = (script: string, changes: Readonly<Record<string, string>> = {}, variables = {}) => {
    let text = readFileSync(`machines/scripts/${script}.sh`, "utf8");
    for (const [from, to] of Object.entries(changes)) text = text.replaceAll(from, to);
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, FOLDER: folder, ASKED: log, ...variables };
    return spawnSync("sh", ["-c", text], { encoding: "utf8", env });
  };
  return { folder, run, asked: () => readFileSync(log, "utf8").trimEnd().split("\n") };
}

const note = 'echo "$(basename "$0") $*" >>"$ASKED"';

const hasGpg = spawnSync("gpg", ["--version"]).error === undefined;
if (!hasGpg) console.warn("gpg is not installed, so signatures are not checked: apt-get install gpg gpg-agent");
const withGpg = hasGpg ? test : test.skip;

/** Signs a file with a new key, and gives the fingerprint; the key and the signature are beside the file. */
function sign(folder: string): string {
  const home = join(folder, "home");
  mkdirSync(home, { mode: 0o700 });
  const gpg = (...words: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--quiet", "--passphrase", "", ...words], { encoding: "utf8" });
  try {
    gpg("--quick-generate-key", "Agent", "rsa2048", "sign", "never");
    gpg("--output", join(folder, "key"), "--armor", "--export");
    gpg("--output", join(folder, "agent.deb.sig"), "--detach-sign", join(folder, "agent.deb"));
    return gpg("--list-keys", "--with-colons").match(/^fpr:+([0-9A-F]{40}):$/m)?.[1] ?? "";
  } finally {
    spawnSync("gpgconf", ["--homedir", home, "--kill", "all"]);
  }
}

/** What there is to download is in the folder, by the last part of its address. */
const curl = `${note}
while [ $# -gt 2 ]; do shift; done
case $2 in *.gpg) from=key ;; *.sig) from=agent.deb.sig ;; *) from=agent.deb ;; esac
cp "$FOLDER/$from" "$1"`;

const MACHINE = {
  curl,
  dpkg: "echo arm64",
  "apt-get": note,
  usermod: note,
  systemctl: note,
  "agent-ctl": note,
};

const PACKAGES = "https://packages.test/debian";

function install(t: ExecutionContext, signer?: string, damage = (_folder: string) => {}) {
  const { folder, run, asked } = workshop(t, MACHINE);
  writeFileSync(join(folder, "agent.deb"), "a package");
  const fingerprint = sign(folder);
  damage(folder);
  const changes = { [AMAZON]: signer ?? fingerprint, [AGENT]: "agent-ctl" };
  const result = run("install-monitoring", changes, { AGENT_PACKAGES: PACKAGES });
  return { ...result, asked: asked().map((line) => line.replace(/\/\S*\/(?=agent\.deb$)/, "")) };
}

withGpg("a package that the known key has signed is installed, configured and started", (t) => {
  const { status, asked } = install(t);
  t.is(status, 0);
  t.deepEqual(
    asked.filter((line) => line.startsWith("curl")).map((line) => line.split(" ").at(-1)),
    [
      "https://amazoncloudwatch-agent.s3.amazonaws.com/assets/amazon-cloudwatch-agent.gpg",
      `${PACKAGES}/arm64/latest/amazon-cloudwatch-agent.deb`,
      `${PACKAGES}/arm64/latest/amazon-cloudwatch-agent.deb.sig`,
    ],
  );
  t.deepEqual(
    asked.filter((line) => !line.startsWith("curl")),
    [
      "apt-get --quiet --yes -o DPkg::Lock::Timeout=300 install agent.deb",
      "usermod --append --groups adm cwagent",
      "agent-ctl -a fetch-config -m ec2 -c file:/etc/webstack/monitoring.json -s",
      "systemctl enable --now webstack-journal",
    ],
  );
});

for (const [title, signer, damage] of [
  ["another key has signed", AMAZON, undefined],
  ["was changed", undefined, (folder: string) => writeFileSync(join(folder, "agent.deb"), "another package")],
  ["has no signature", undefined, (folder: string) => writeFileSync(join(folder, "agent.deb.sig"), "")],
  ["cannot be fetched", undefined, (folder: string) => rmSync(join(folder, "agent.deb"))],
] as const) {
  withGpg(`a package that ${title} is not installed, which is said, and the machine goes on`, (t) => {
    const { status, stderr, asked } = install(t, signer, damage);
    t.is(status, 0);
    t.deepEqual(
      asked.filter((line) => !line.startsWith("curl")),
      [],
    );
    t.is(
      stderr.trimEnd().split("\n").at(-1),
      `The CloudWatch agent could not be installed from ${PACKAGES}/arm64/latest/amazon-cloudwatch-agent.deb, or Amazon has not signed it. Metrics and logs stay on this machine.`,
    );
  });
}

/** A journal that says the same in every turn, and a clock that ends the script after some. */
const journal = (turns: number) => ({
  journalctl: `${note}\necho "line of $*"`,
  sleep: `${note}\n[ "$(grep -c ^sleep "$ASKED")" -le ${turns} ]`,
});

test("the journal is copied turn by turn, the application's words to a file of their own", (t) => {
  const { folder, run, asked } = workshop(t, journal(2));
  const { status, stderr } = run("copy-journal", {}, { LOGS_DIRECTORY: folder });
  t.is(stderr, "");
  t.is(status, 0);
  const turn = [
    "sleep 5",
    "journalctl --quiet --cursor-file=application.cursor --identifier=node --output=cat",
    "journalctl --quiet --cursor-file=journal.cursor --exclude-identifier=node --output=short-iso",
  ];
  t.deepEqual(asked(), [...turn, ...turn, "sleep 5"]);
  t.is(readFileSync(join(folder, "application.log"), "utf8").split("\n").length, 3);
  t.is(readFileSync(join(folder, "journal.log"), "utf8").split("\n").length, 3);
});

test("a file of more than 10 MiB is put aside, and only one such", (t) => {
  const { folder, run } = workshop(t, journal(1));
  const large = "x".repeat(11 * 1024 * 1024);
  writeFileSync(join(folder, "journal.log"), large);
  writeFileSync(join(folder, "journal.log.1"), "older");
  writeFileSync(join(folder, "application.log"), "small\n");
  run("copy-journal", {}, { LOGS_DIRECTORY: folder });
  t.is(readFileSync(join(folder, "journal.log.1"), "utf8").length, large.length);
  t.regex(readFileSync(join(folder, "journal.log"), "utf8"), /^line of .*\n$/);
  t.regex(readFileSync(join(folder, "application.log"), "utf8"), /^small\nline of .*\n$/);
  t.deepEqual(
    readdirSync(folder).filter((name) => name.includes(".log")),
    ["application.log", "journal.log", "journal.log.1"],
  );
});
