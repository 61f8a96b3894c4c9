import test from "ava";
import { requireSound } from "../../../stacks/review/sound.ts";
import { PLACE } from "../../record.ts";
import { type ArchitectureName, type Changes, review, settingsOf } from "./support.ts";

const demand =
  (architecture: ArchitectureName, changes: Changes = {}) =>
  () =>
    requireSound(review(architecture, changes), settingsOf(architecture, changes), PLACE);

const HEAD = (count: string) => `The configuration of stack dev has ${count}. Nothing was changed.`;
const NO_MONITORING = (index: number) =>
  [
    "  webstack:monitoring.emails is []. It must be a list of one address or more, or else there is the pitfall no-monitoring. Every tier has alarms, but nobody is told.",
    "    Fix: pulumi config set --path 'webstack:monitoring.emails[0]' operations@example.com",
    `    Or accept it: pulumi config set --path 'webstack:protection.waivers[${index}]' no-monitoring`,
  ].join("\n");

test("a secured stack by default asks for an address, and for nothing else", (t) => {
  const error = t.throws(demand("secured"));
  t.is(error.message, `${HEAD("1 problem")}\n\n${NO_MONITORING(0)}`);
  // Told as a message and not as a crash of the program.
  t.true("__pulumiRunError" in error);
  t.notThrows(demand("secured", { "monitoring.emails": ["operations@example.org"] }));
});

test("everything that is present and not waived is told at once, with both ways out", (t) => {
  const changes = {
    "network.nat": "single",
    "web.minimum": 1,
    "web.maximum": 1,
    "database.replicas": 0,
    "tls.encryption": "edge",
    "protection.waf": false,
    "protection.waivers": ["no-firewall", "single-zone"],
  };
  const accept = (name: string) =>
    `    Or accept it: pulumi config set --path 'webstack:protection.waivers[2]' ${name}`;
  t.is(
    t.throws(demand("secured", changes)).message,
    [
      HEAD("6 problems"),
      [
        "  webstack:web.minimum is 1. It must be 2 or more, or else there is the pitfall single-server. " +
          "web.minimum is 1 and app.minimum is 2. While the only server of a tier is replaced the site is down.",
        "    Fix: pulumi config set --path 'webstack:web.minimum' 2",
        accept("single-server"),
      ].join("\n"),
      [
        "  webstack:web.maximum is 1. It must be more than web.minimum, which is 1, or else there is the pitfall no-scaling. " +
          "There are 1 to 1 web servers and 2 to 6 app servers, so a fleet cannot grow with its load.",
        "    Fix: pulumi config set --path 'webstack:web.maximum' 4",
        accept("no-scaling"),
      ].join("\n"),
      [
        '  webstack:network.nat is "single". It must be per-zone, regional or none, or else there is the pitfall single-nat. ' +
          "Servers in 2 zones reach AWS and their packages through one NAT gateway. When its zone fails, new servers cannot start in the others either.",
        "    Fix: pulumi config set --path 'webstack:network.nat' per-zone",
        accept("single-nat"),
      ].join("\n"),
      [
        "  webstack:database.replicas is 0. It must be 1 or more, or else there is the pitfall single-writer. " +
          "One instance takes the writes. When it is lost, no replica can be promoted.",
        "    Fix: pulumi config set --path 'webstack:database.replicas' 1",
        accept("single-writer"),
      ].join("\n"),
      [
        '  webstack:tls.encryption is "edge". It must be end-to-end, or else there is the pitfall tls-ends-at-load-balancer. ' +
          "TLS ends at the public load balancer. Web servers, the inner load balancer and the application are reached by plain HTTP.",
        "    Fix: pulumi config set --path 'webstack:tls.encryption' end-to-end",
        accept("tls-ends-at-load-balancer"),
      ].join("\n"),
      NO_MONITORING(2),
    ].join("\n\n"),
  );
});

test("what is waived is accepted", (t) => {
  const changes = { "database.multiAz": false, "protection.waivers": ["single-database", "single-writer"] };
  t.is(t.throws(demand("secured", changes)).message, `${HEAD("1 problem")}\n\n${NO_MONITORING(2)}`);
  const waivers = [...changes["protection.waivers"], "no-monitoring"];
  t.notThrows(demand("secured", { ...changes, "protection.waivers": waivers }));
});

test("protection can be lifted before a destroy: pitfalls of low severity are told, not refused", (t) => {
  const emails = { "monitoring.emails": ["operations@example.org"] };
  t.notThrows(demand("secured", { ...emails, "protection.deletion": false, "network.flowLogs": false }));
});

test("a waiver of what is not present does not stop an update", (t) => {
  const changes = { "monitoring.emails": ["operations@example.org"], "protection.waivers": ["single-nat"] };
  t.notThrows(demand("secured", changes));
  t.deepEqual(review("secured", changes).needlessWaivers, ["single-nat"]);
});

test("nothing is required where that is turned off, nor of architectures that only report", (t) => {
  t.notThrows(demand("secured", { "protection.require": false, "tls.encryption": "edge" }));
  t.notThrows(demand("simple"));
  t.notThrows(demand("distributed"));
});
