import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { installProviders, offlineProviders } from "../../../local/stack/plugins.ts";

test("the offline providers stand for the versions whose SDKs the program uses", (t) => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8"));
  t.deepEqual(
    offlineProviders().map(({ name, version }) => [name, version]),
    ["aws", "tls", "random"].map((name) => [name, manifest.dependencies[`@pulumi/${name}`]]),
  );
});

test("a provider is installed where the engine looks for it, by an executable that runs its main file", (t) => {
  const directory = mkdtempSync(join(tmpdir(), "webstack plugins' "));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const main = join(directory, "it's main.ts");
  writeFileSync(main, "console.log(...process.argv.slice(2));");
  const install = () => installProviders(join(directory, "home"), [{ name: "aws", version: "7.48.0", main }]);
  install();
  const plugin = join(directory, "home/plugins/resource-aws-v7.48.0/pulumi-resource-aws");
  t.is(execFileSync(plugin, ["127.0.0.1:1", "a b"], { encoding: "utf8" }), "127.0.0.1:1 a b\n");

  const { ino } = statSync(plugin);
  install();
  t.is(statSync(plugin).ino, ino, "what is right already is left alone");
  writeFileSync(plugin, "outdated");
  install();
  t.is(execFileSync(plugin, ["1"], { encoding: "utf8" }), "1\n");
  t.deepEqual(readdirSync(join(directory, "home/plugins/resource-aws-v7.48.0")), ["pulumi-resource-aws"]);
});
