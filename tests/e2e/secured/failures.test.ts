import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import test from "ava";
import { World } from "../world.ts";
import { SETTINGS } from "./facts.ts";

test("present pitfalls stop an up before anything is created, and each says what removes it and what accepts it", async (t) => {
  const world = World.with(t, { production: { ...SETTINGS, monitoring: {}, network: { nat: "single" } } });
  const { code, said } = await world.run("up", "production");
  t.not(code, 0);
  t.true(said.includes("The configuration of stack production has 2 problems. Nothing was changed."), said);
  for (const line of [
    "webstack:monitoring.emails is []. It must be",
    "or else there is the pitfall no-monitoring.",
    "Fix: pulumi config set --path 'webstack:monitoring.emails[0]' operations@example.com",
    "Or accept it: pulumi config set --path 'webstack:protection.waivers[0]' no-monitoring",
    'webstack:network.nat is "single". It must be per-zone, regional or none, or else there is the pitfall single-nat.',
    "Fix: pulumi config set --path 'webstack:network.nat' per-zone",
    "Or accept it: pulumi config set --path 'webstack:protection.waivers[0]' single-nat",
  ])
    t.true(said.includes(line), `${line} is missing:\n${said}`);
  const refused = await world.inventory();

  world.configure("production", SETTINGS);
  await world.steps("production");
  t.deepEqual(await world.inventory(), refused, "the account is as empty as after a preview");
});

test("a certificate that another authority's CAA record forbids fails the update, which says so, and destroy leaves only what was there", async (t) => {
  const dns = { zone: "existing", zoneName: "example.net", certificateAuthorities: [] };
  const settings = { ...SETTINGS, domain: "shop.example.net", dns };
  const world = World.with(t, { production: settings });
  // The zone is not there yet.
  t.not((await world.run("preview", "production")).code, 0);
  const { route53 } = world.account();
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: "example.net", CallerReference: "before" }),
  );
  const caa = {
    Name: "example.net",
    Type: "CAA" as const,
    TTL: 300,
    ResourceRecords: [{ Value: '0 issue "letsencrypt.org"' }],
  };
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HostedZone?.Id,
      ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet: caa }] },
    }),
  );
  const before = await world.inventory();

  const { code, said } = await world.run("up", "production");
  t.not(code, 0);
  t.regex(said, /certificate arn:aws:acm:\S+ is not issued: it is FAILED, CAA_ERROR/);

  await world.succeed("destroy", "production");
  const left = (await world.inventory()).filter((line) => !/^database snapshot .*-primary-final-/.test(line));
  t.deepEqual(left, before);
});
