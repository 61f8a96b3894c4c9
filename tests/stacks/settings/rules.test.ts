import test from "ava";
import { parseSettings } from "../../../stacks/settings.ts";
import { PLACE } from "../../record.ts";
import { one, put, type Raw, RIGHT, refusal } from "./problems.ts";

const refuses = test.macro({
  title: (_, key: string, [broken]: readonly [Raw, Raw]) => `${key} is refused in ${JSON.stringify(broken)}`,
  exec: (t, key: string, [broken, right]: readonly [Raw, Raw], complaint: string, fix: string) => {
    t.is(refusal(broken), one(key, complaint, fix));
    t.notThrows(() => parseSettings(right, PLACE));
  },
});

/** A configuration that breaks a rule, and one beside it that does not. */
function pair(raw: Raw, broken: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>) {
  const all = (values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).reduce((made, [path, value]) => put(made, path, value), raw);
  return [all(broken), all(right)] as const;
}

const { simple, secured } = RIGHT;

test(
  refuses,
  "dns.zoneName",
  pair(
    simple,
    { "dns.zoneName": "ample.com", "dns.zone": "existing" },
    { domain: "a.example.com", "dns.zoneName": "example.com", "dns.zone": "existing" },
  ),
  'is "ample.com", which does not hold the domain "example.com".',
  "pulumi config set --path 'webstack:dns.zoneName' example.com",
);
test(
  refuses,
  "dns.zoneName",
  pair(simple, { domain: "a.example.com", "dns.zoneName": "example.com" }, { "dns.zoneName": "example.com" }),
  'is "example.com", but a zone that the stack creates is that of the domain itself, "a.example.com".',
  "pulumi config set --path 'webstack:dns.zone' existing",
);
test(
  refuses,
  "server.instanceType",
  pair(simple, { "server.instanceType": "m5.large" }, { "server.instanceType": "m7g.large" }),
  'is "m5.large", which is x86_64, but server.architecture is arm64.',
  "pulumi config set --path 'webstack:server.architecture' x86_64",
);
for (const group of ["web", "app"]) {
  test(
    refuses,
    `${group}.instanceType`,
    pair(
      secured,
      { [`${group}.architecture`]: "x86_64", [`${group}.instanceType`]: "im4gn.large" },
      { [`${group}.architecture`]: "x86_64", [`${group}.instanceType`]: "g5.xlarge" },
    ),
    `is "im4gn.large", which is arm64, but ${group}.architecture is x86_64.`,
    `pulumi config set --path 'webstack:${group}.architecture' arm64`,
  );
  test(
    refuses,
    `${group}.maximum`,
    pair(
      secured,
      { [`${group}.minimum`]: 5, [`${group}.maximum`]: 4 },
      { [`${group}.minimum`]: 4, [`${group}.maximum`]: 4 },
    ),
    `is 4, less than ${group}.minimum, which is 5.`,
    `pulumi config set --path 'webstack:${group}.maximum' 5`,
  );
}
test(
  refuses,
  "loadBalancing.healthCheck.timeoutSeconds",
  pair(
    secured,
    { "loadBalancing.healthCheck.timeoutSeconds": 10 },
    { "loadBalancing.healthCheck.timeoutSeconds": 10, "loadBalancing.healthCheck.intervalSeconds": 11 },
  ),
  "is 10, not less than intervalSeconds, which is 10.",
  "pulumi config set --path 'webstack:loadBalancing.healthCheck.timeoutSeconds' 9",
);
test(
  refuses,
  "loadBalancing.slowStartSeconds",
  pair(secured, { "loadBalancing.slowStartSeconds": 29 }, { "loadBalancing.slowStartSeconds": 30 }),
  "is 29. It must be 0 or from 30 to 900.",
  "pulumi config set --path 'webstack:loadBalancing.slowStartSeconds' 30",
);
test(
  refuses,
  "loadBalancing.slowStartSeconds",
  pair(
    secured,
    { "loadBalancing.slowStartSeconds": 30, "loadBalancing.algorithm": "least-connections" },
    { "loadBalancing.algorithm": "least-connections" },
  ),
  "is 30, but the algorithm least-connections has no slow start.",
  "pulumi config set --path 'webstack:loadBalancing.slowStartSeconds' 0",
);
test(
  refuses,
  "database.version",
  pair(
    secured,
    { "database.engine": "mariadb", "database.version": "8.4" },
    { "database.engine": "mariadb", "database.version": "11.4.5" },
  ),
  'is "8.4". It must be a version of mariadb: 10.11, 11.4, 11.8.',
  "pulumi config set --path 'webstack:database.version' 11.8",
);
test(
  refuses,
  "database.maximumStorageGiB",
  pair(
    secured,
    { "database.storageGiB": 100, "database.maximumStorageGiB": 109 },
    { "database.storageGiB": 100, "database.maximumStorageGiB": 110 },
  ),
  "is 109. It must be at least a tenth more than storageGiB, which is 100.",
  "pulumi config set --path 'webstack:database.maximumStorageGiB' 110",
);
test(
  refuses,
  "database.promote",
  pair(secured, { "database.promote": "replica-2" }, { "database.promote": "replica-2", "database.replicas": 2 }),
  'is "replica-2", but replicas is 1.',
  "pulumi config set --path 'webstack:database.promote' primary",
);
test(
  refuses,
  "database.backupWindow",
  pair(secured, { "database.backupWindow": "02:00-02:29" }, { "database.backupWindow": "02:00-02:30" }),
  'is "02:00-02:29". It must last 30 minutes or more.',
  "pulumi config set --path 'webstack:database.backupWindow' 02:00-03:00",
);
test(
  refuses,
  "database.maintenanceWindow",
  pair(
    secured,
    { "database.maintenanceWindow": "sun:04:00-sun:04:10" },
    { "database.maintenanceWindow": "sun:04:00-sun:04:30" },
  ),
  'is "sun:04:00-sun:04:10". It must last 30 minutes or more.',
  "pulumi config set --path 'webstack:database.maintenanceWindow' sun:04:00-sun:05:00",
);
test(
  refuses,
  "database.maintenanceWindow",
  pair(
    secured,
    { "database.backupWindow": "23:30-00:30", "database.maintenanceWindow": "sun:23:59-mon:00:45" },
    { "database.backupWindow": "23:30-00:30", "database.maintenanceWindow": "sun:23:00-sun:23:30" },
  ),
  'is "sun:23:59-mon:00:45", which falls into the backupWindow, "23:30-00:30".',
  "choose two windows that share no minute",
);

test("a rule is not asked about a setting that is wrong by itself", (t) => {
  t.is(
    refusal(put(put(secured, "web.maximum", "many"), "web.minimum", 50)),
    one(
      "web.maximum",
      'is "many". It must be a whole number from 1 to 100.',
      "pulumi config set --path 'webstack:web.maximum' 4",
    ),
  );
});
