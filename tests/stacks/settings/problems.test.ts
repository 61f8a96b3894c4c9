import test from "ava";
import { many, one, put, RIGHT, refusal } from "./problems.ts";

const DOMAIN =
  "It must be a domain name in lower case, such as example.com, without www. in front of it (that name is added).";

test("a missing domain is told with the command that sets it", (t) => {
  t.is(refusal({}), one("domain", `is missing. ${DOMAIN}`, "pulumi config set webstack:domain example.com"));
});

test("an architecture that there is not is told with the nearest one that there is", (t) => {
  t.is(
    refusal(put(RIGHT.simple, "architecture", "distribute")),
    one(
      "architecture",
      'is "distribute". It must be simple, distributed or secured.',
      "pulumi config set webstack:architecture distributed",
    ),
  );
  t.is(
    refusal(put(RIGHT.simple, "architecture", 3)),
    one(
      "architecture",
      "is 3. It must be simple, distributed or secured.",
      "pulumi config set webstack:architecture simple",
    ),
  );
});

test("an unknown architecture hides what is wrong whichever was meant, and nothing else", (t) => {
  const raw = {
    architecture: "secure",
    domain: "example.com",
    tls: {},
    server: {},
    netwrk: {},
    network: { cidr: "here" },
  };
  t.is(
    refusal(raw),
    many(
      [
        "architecture",
        'is "secure". It must be simple, distributed or secured.',
        "pulumi config set webstack:architecture secured",
      ],
      [
        "network.cidr",
        'is "here". It must be a private IPv4 network such as 10.0.0.0/16 that starts at its own address and is between /16 and /24 ' +
          "(a sixteenth of it is a subnet, and AWS takes none smaller than /28).",
        "pulumi config set --path 'webstack:network.cidr' 10.0.0.0/16",
      ],
      ["netwrk", "is unknown. Did you mean webstack:network?", "pulumi config rm webstack:netwrk"],
    ),
  );
});

test("a mistyped key is told with the one that was meant", (t) => {
  t.is(
    refusal(put(RIGHT.simple, "network.cdir", "10.0.0.0/16")),
    one(
      "network.cdir",
      "is unknown. Did you mean webstack:network.cidr?",
      "pulumi config rm --path 'webstack:network.cdir'",
    ),
  );
  t.is(
    refusal(put(RIGHT.secured, "loadBalancing.healthCheck.interval-seconds", 5)),
    one(
      "loadBalancing.healthCheck.interval-seconds",
      "is unknown. Did you mean webstack:loadBalancing.healthCheck.intervalSeconds?",
      "pulumi config rm --path 'webstack:loadBalancing.healthCheck.interval-seconds'",
    ),
  );
});

test("a key like no other is told without a guess", (t) => {
  t.is(
    refusal(put(RIGHT.simple, "kubernetes", true)),
    one("kubernetes", "is unknown.", "pulumi config rm webstack:kubernetes"),
  );
});

test("a setting of another architecture is refused rather than ignored", (t) => {
  t.is(
    refusal(put(RIGHT.simple, "loadBalancing.algorithm", "ip-hash")),
    one(
      "loadBalancing",
      "is not used by the simple architecture, but by distributed and secured.",
      "pulumi config rm webstack:loadBalancing",
    ),
  );
  t.is(
    refusal(put(RIGHT.simple, "network.zones", 2)),
    one(
      "network.zones",
      "is not used by the simple architecture, but by distributed and secured.",
      "pulumi config rm --path 'webstack:network.zones'",
    ),
  );
  t.is(
    refusal(put(RIGHT.distributed, "tls.encryption", "edge")),
    one("tls", "is not used by the distributed architecture, but by secured.", "pulumi config rm webstack:tls"),
  );
  t.is(
    refusal(put(RIGHT.secured, "server.instanceType", "t4g.small")),
    one("server", "is not used by the secured architecture, but by simple.", "pulumi config rm webstack:server"),
  );
});

test("a value where a group is meant is told with the settings of the group", (t) => {
  t.is(
    refusal(put(RIGHT.simple, "server", "t4g.small")),
    one(
      "server",
      'is "t4g.small". It must be a group of the settings architecture, instanceType, volumeGiB, dataVolumeGiB.',
      "pulumi config rm webstack:server",
    ),
  );
  t.is(
    refusal(put(RIGHT.secured, "loadBalancing.healthCheck", ["/"])),
    one(
      "loadBalancing.healthCheck",
      'is ["/"]. It must be a group of the settings path, intervalSeconds, timeoutSeconds, healthyChecks, unhealthyChecks.',
      "pulumi config rm --path 'webstack:loadBalancing.healthCheck'",
    ),
  );
});

test("an entry of a list is told by its place", (t) => {
  t.is(
    refusal(put(RIGHT.secured, "monitoring.emails", ["a@example.com", "b", "c"])),
    many(
      [
        "monitoring.emails[1]",
        'is "b". It must be an e-mail address.',
        "pulumi config set --path 'webstack:monitoring.emails[1]' operations@example.com",
      ],
      [
        "monitoring.emails[2]",
        'is "c". It must be an e-mail address.',
        "pulumi config set --path 'webstack:monitoring.emails[2]' operations@example.com",
      ],
    ),
  );
});

const TAG_KEY =
  "has a key that is not allowed. It must be a key of 1 to 128 letters, digits, spaces or any of + - = . _ : / @, " +
  "not starting with aws: and none of project, environment, architecture, tier, role, Name.";

for (const key of ["project", "environment", "architecture", "Tier", "name"]) {
  test(`a tag of one's own cannot take the place of ours: ${key}`, (t) => {
    t.is(
      refusal({ ...RIGHT.simple, tags: { [key]: "mine" } }),
      one(`tags.${key}`, TAG_KEY, `pulumi config rm --path 'webstack:tags.${key}'`),
    );
  });
}

test("tags that AWS would refuse are told by key", (t) => {
  t.is(
    refusal({ ...RIGHT.simple, tags: { "aws:team": "x", "it's": "x", note: "a;b", team: "x".repeat(257) } }),
    many(
      ['tags["aws:team"]', TAG_KEY, `pulumi config rm --path 'webstack:tags["aws:team"]'`],
      [`tags["it's"]`, TAG_KEY, `pulumi config rm --path 'webstack:tags["it'\\''s"]'`],
      [
        "tags.note",
        'is "a;b". It must be up to 256 letters, digits, spaces or any of + - = . _ : / @.',
        "pulumi config set --path 'webstack:tags.note' value",
      ],
      [
        "tags.team",
        `is "${"x".repeat(257)}". It must be up to 256 letters, digits, spaces or any of + - = . _ : / @.`,
        "pulumi config set --path 'webstack:tags.team' value",
      ],
    ),
  );
});

test("everything that is wrong is told at once, rules over several settings included", (t) => {
  const raw = {
    domain: "Example.com",
    dns: 5,
    network: { cidr: "10.0.0.0/30" },
    server: { instanceType: "t3.micro", dataVolumeGiB: "2x" },
    protection: { deletion: "yes", waf: true },
    databse: {},
  };
  t.is(
    refusal(raw),
    many(
      ["domain", `is "Example.com". ${DOMAIN}`, "pulumi config set webstack:domain example.com"],
      [
        "dns",
        "is 5. It must be a group of the settings zone, zoneName, ttlSeconds, certificateAuthorities.",
        "pulumi config rm webstack:dns",
      ],
      [
        "network.cidr",
        'is "10.0.0.0/30". It must be a private IPv4 network such as 10.0.0.0/16 that starts at its own address and is between /16 and /24 ' +
          "(a sixteenth of it is a subnet, and AWS takes none smaller than /28).",
        "pulumi config set --path 'webstack:network.cidr' 10.0.0.0/16",
      ],
      [
        "server.dataVolumeGiB",
        'is "2x". It must be a whole number from 1 to 16384.',
        "pulumi config set --path 'webstack:server.dataVolumeGiB' 10",
      ],
      [
        "protection.deletion",
        'is "yes". It must be true or false.',
        "pulumi config set --path 'webstack:protection.deletion' true",
      ],
      [
        "protection.waf",
        "is not used by the simple architecture, but by secured.",
        "pulumi config rm --path 'webstack:protection.waf'",
      ],
      ["databse", "is unknown. Did you mean webstack:database?", "pulumi config rm webstack:databse"],
      [
        "server.instanceType",
        'is "t3.micro", which is x86_64, but server.architecture is arm64.',
        "pulumi config set --path 'webstack:server.architecture' x86_64",
      ],
    ),
  );
});
