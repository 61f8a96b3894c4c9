import { gzipSync } from "node:zlib";
import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const template = resource(TYPES.launchTemplate);
const machine = resource(TYPES.instance);
const group = resource(TYPES.group);
const volume = resource(TYPES.ebsVolume);

const base64 = (text: string) => Buffer.from(text).toString("base64");
const told = (text: string) => template({ userData: base64(text) });
const broken = (change: Parameters<typeof breaks>[2], rule: string) =>
  breaks(TYPES.launchTemplate, "web-template", change, `${rule}: web-template`);
const NO_METADATA = { metadataOptions: { httpEndpoint: "disabled" } };

/** Rules about what a machine is made of. */
export const machineCases: Readonly<Record<string, RuleCases>> = {
  "machine-metadata-tokens": {
    cases: [
      says(
        "a template that asks for tokens",
        [template({ metadataOptions: { httpTokens: "required" } })],
        "it: passed",
      ),
      says("a machine as AWS makes it", [machine()], "it: its metadataOptions.httpTokens is optional."),
      says("a template without a metadata service", [template(NO_METADATA)], "it: not applicable"),
      says(
        "what is not known yet",
        [template({ metadataOptions: { httpTokens: UNKNOWN } })],
        "it: undecidable by metadataOptions.httpTokens",
      ),
    ],
    mutation: broken({ set: { "metadataOptions.httpTokens": "optional" } }, "machine-metadata-tokens"),
  },
  "machine-metadata-hops": {
    cases: [
      says("a machine as AWS makes it", [machine()], "it: passed"),
      says(
        "two hops",
        [template({ metadataOptions: { httpPutResponseHopLimit: 2 } })],
        "it: its metadataOptions.httpPutResponseHopLimit is 2.",
      ),
      {
        ...says(
          "two hops for containers",
          [template({ metadataOptions: { httpPutResponseHopLimit: 2 } })],
          "it: passed",
        ),
        thresholds: { metadataHops: 2 },
      },
      says("a machine without a metadata service", [machine(NO_METADATA)], "it: not applicable"),
      says(
        "what is not known yet",
        [machine({ metadataOptions: { httpPutResponseHopLimit: UNKNOWN } })],
        "it: undecidable by metadataOptions.httpPutResponseHopLimit",
      ),
    ],
    mutation: broken({ set: { "metadataOptions.httpPutResponseHopLimit": 2 } }, "machine-metadata-hops"),
  },
  "machine-without-public-address": {
    cases: [
      says("a template that does not ask", [template()], "it: passed"),
      says(
        "a template that does",
        [template({ networkInterfaces: [{ associatePublicIpAddress: "true" }] })],
        "it: its associatePublicIpAddress is true.",
      ),
      says(
        "a machine that does",
        [machine({ associatePublicIpAddress: true })],
        "it: its associatePublicIpAddress is true.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [template({ networkInterfaces: [{ associatePublicIpAddress: UNKNOWN }] })],
        "it: undecidable by networkInterfaces.0.associatePublicIpAddress",
      ),
    ],
    mutation: broken(
      { set: { networkInterfaces: [{ associatePublicIpAddress: "true" }] } },
      "machine-without-public-address",
    ),
  },
  "disks-encrypted": {
    cases: [
      says(
        "a template whose disk is",
        [
          template({
            blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }, { noDevice: "" }],
          }),
        ],
        "it: passed",
      ),
      says(
        "a template whose disk is not",
        [template({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 10 } }] })],
        "it: not encrypted: /dev/xvda.",
      ),
      says(
        "a machine with two disks that are not",
        [machine({ rootBlockDevice: { volumeSize: 8 }, ebsBlockDevices: [{ deviceName: "/dev/sdb" }] })],
        "it: not encrypted: the root disk, /dev/sdb.",
      ),
      says("a machine whose root disk is as AWS makes it", [machine()], "it: not encrypted: the root disk."),
      says("a template that says nothing of disks", [template()], "it: not encrypted: the root disk."),
      says("a machine whose root disk is encrypted", [machine({ rootBlockDevice: { encrypted: true } })], "it: passed"),
      says("a volume that is", [volume({ encrypted: true })], "it: passed"),
      says("a volume as AWS makes it", [volume()], "it: not encrypted: the volume."),
      SILENT,
      says("what is not known yet", [volume({ encrypted: UNKNOWN })], "it: undecidable by encrypted"),
    ],
    mutation: broken({ set: { "blockDeviceMappings.0.ebs.encrypted": undefined } }, "disks-encrypted"),
  },
  "machine-without-key-pair": {
    cases: [
      says("a machine without", [machine()], "it: passed"),
      says("a template with one", [template({ keyName: "operations" })], "it: its keyName is set."),
      SILENT,
    ],
    mutation: broken({ set: { keyName: "operations" } }, "machine-without-key-pair"),
  },
  "user-data-without-secrets": {
    cases: [
      says(
        "names of files, variables and ARNs",
        [
          told(
            'DATABASE_PASSWORD_FILE=/run/password\nPASSWORD=$(cat "$file")\npassword: $password\nSECRET=arn:aws:secretsmanager:eu-central-1:1:secret:x\n',
          ),
        ],
        "it: passed",
      ),
      says("a password", [told("DB_PASSWORD=correct-horse\n")], "it: there is a password in its user data."),
      says("a password in YAML", [told('  password: "correct horse"\n')], "it: there is a password in its user data."),
      says(
        "a compressed password",
        [template({ userData: gzipSync("DB_PASSWORD=correct-horse").toString("base64") })],
        "it: there is a password in its user data.",
      ),
      says(
        "what cannot be unpacked",
        [template({ userData: Buffer.from([0x1f, 0x8b, 0]).toString("base64") })],
        "it: undecidable by userData",
      ),
      says("an access key", [told("id AKIAIOSFODNN7EXAMPLE")], "it: there is an access key of AWS in its user data."),
      says(
        "a private key of a machine",
        [machine({ userData: "-----BEGIN RSA PRIVATE KEY-----\n" })],
        "it: there is a private key in its user data.",
      ),
      says(
        "the value of a secret that only the deployment knows",
        [
          template({ userData: UNKNOWN }, { from: { userData: ["secret"] } }),
          { type: TYPES.randomPassword, name: "secret" },
        ],
        "it: the value of secret is in its user data.",
      ),
      says("a machine without user data", [machine()], "it: not applicable"),
      says("what is not known yet", [template({ userData: UNKNOWN })], "it: undecidable by userData"),
    ],
    mutation: broken({ set: { userData: base64("PASSWORD=correct-horse") } }, "user-data-without-secrets"),
  },
  "machine-detailed-monitoring": {
    cases: [
      says("a template with it", [template({ monitoring: { enabled: true } })], "it: passed"),
      says("a machine with it", [machine({ monitoring: true })], "it: passed"),
      says("a template as AWS makes it", [template()], "it: its monitoring.enabled is false."),
      says("a machine as AWS makes it", [machine()], "it: its monitoring is false."),
      SILENT,
      says("what is not known yet", [machine({ monitoring: UNKNOWN })], "it: undecidable by monitoring"),
    ],
    mutation: broken(
      {
        set: { "monitoring.enabled": false },
        after: [{ type: TYPES.launchTemplate, name: "web-template", set: { monitoring: { enabled: true } } }],
      },
      "machine-detailed-monitoring",
    ),
  },
  "machine-has-role": {
    cases: [
      says("a template with one", [template({ iamInstanceProfile: { name: UNKNOWN } })], "it: passed"),
      says(
        "a machine whose role only the deployment knows",
        [machine({}, { from: { iamInstanceProfile: ["profile"] } }), { type: TYPES.instanceProfile, name: "profile" }],
        "it: passed",
      ),
      says("a machine without", [machine()], "it: it has no iamInstanceProfile."),
      SILENT,
    ],
    mutation: broken({ set: { iamInstanceProfile: undefined }, from: { iamInstanceProfile: [] } }, "machine-has-role"),
  },
  "template-version-pinned": {
    cases: [
      says("a number", [group({ launchTemplate: { id: UNKNOWN, version: "3" } })], "it: passed"),
      says("a number that only the deployment knows", [group({ launchTemplate: { version: UNKNOWN } })], "it: passed"),
      says("a number that a preview leaves out", [group({ launchTemplate: {} })], "it: passed"),
      says(
        "AWS's default",
        [group({ launchTemplate: { id: UNKNOWN } })],
        "it: its launchTemplate.version is $Default.",
      ),
      says(
        "the newest",
        [group({ launchTemplate: { version: "$Latest" } })],
        "it: its launchTemplate.version is $Latest.",
      ),
      says(
        "the newest of several types",
        [group({ mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { version: "$Latest" } } } })],
        "it: its mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version is $Latest.",
      ),
      says("a group without a template", [group()], "it: not applicable"),
    ],
    mutation: breaks(
      TYPES.group,
      "app-group",
      { set: { "launchTemplate.version": "$Latest" } },
      "template-version-pinned: app-group",
    ),
  },
  "no-bare-instance": {
    cases: [
      says("machines of a group", [group(), template()]),
      says("a machine that stands alone", [machine()], "it: it is a machine that no scaling group starts."),
      SILENT,
    ],
    mutation: breaks(
      TYPES.instance,
      "another-machine",
      {
        added: true,
        set: {
          metadataOptions: { httpTokens: "required" },
          monitoring: true,
          iamInstanceProfile: "profile",
          rootBlockDevice: { encrypted: true },
          tags: { project: "p", environment: "e", tier: "t" },
        },
      },
      "no-bare-instance: another-machine",
      "own-security-group: another-machine",
      "tier-has-fleet: another-machine",
    ),
  },
};
