import { UNKNOWN } from "../../../../plan/values.ts";
import { TYPES } from "../../../../policy/model/types.ts";
import type { RuleCases } from "../../cases.ts";
import type { Part } from "../../stack.ts";
import { breaks, SILENT, says } from "../writing.ts";
import { balancer, fleet, LOGS, part, SITE } from "./parts.ts";

const listener = part(TYPES.listener);
const targets = part(TYPES.targetGroup);

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

const HTTPS = listener(
  "https",
  { protocol: "HTTPS", port: 443 },
  { loadBalancerArn: ["site"], defaultActions: ["targets"] },
);

const HTTP = listener(
  "http",
  { protocol: "HTTP", port: 80, defaultActions: [redirect] },
  { loadBalancerArn: ["site"] },
);

const TARGETS = targets("targets", { protocol: "HTTPS" });

const INNER = balancer("inner", { internal: true });

const FAR: readonly Part[] = [
  part(TYPES.zone)("zone"),
  part(TYPES.record)("proof", {}, { zoneId: ["zone"] }),
  part(TYPES.certificate)("certificate"),
  part(TYPES.certificateValidation)(
    "issued",
    {},
    { certificateArn: ["certificate"], validationRecordFqdns: ["proof"] },
  ),
];

const certified = (from: string) => listener("https", { protocol: "HTTPS" }, { certificateArn: [from] });

const bucketed = (from: readonly string[], more: object = {}): Part =>
  balancer("site", { accessLogs: { enabled: true, bucket: "logs", ...more } }, { accessLogs: from });

const SERVICE = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
const logPolicy = (Principal: unknown, Resource: string, Action = "s3:PutObject"): Part =>
  part(TYPES.bucketPolicy)(
    "policy",
    { policy: { Statement: [{ Effect: "Allow", Principal, Action, Resource }] } },
    { bucket: ["logs"] },
  );
const LOGS_POLICY = logPolicy(SERVICE, "arn:aws:s3:::logs/AWSLogs/1/*");

const encryption = (sseAlgorithm: string): Part =>
  part(TYPES.bucketEncryption)(
    "encryption",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
    { bucket: ["logs"] },
  );

export const balancingCases: Readonly<Record<string, RuleCases>> = {
  "balancer-listener-pair": {
    cases: [
      says("both listeners", [SITE, TARGETS, HTTPS, HTTP], "site: passed"),
      says("HTTP only", [SITE, HTTP], "site: it has no listener for HTTPS on port 443."),
      says(
        "a rule that forwards",
        [
          SITE,
          TARGETS,
          HTTPS,
          HTTP,
          part(TYPES.listenerRule)("rule", { actions: [{ type: "forward" }] }, { listenerArn: ["http"] }),
        ],
        "site: rule forwards what comes by HTTP.",
      ),
      says(
        "nothing",
        [SITE],
        "site: it has no listener for HTTPS on port 443.",
        "site: it has no listener for HTTP on port 80.",
      ),
      says("an inner load balancer", [INNER], "inner: not applicable"),
      says(
        "a scheme that is not known yet",
        [balancer("site", { internal: UNKNOWN })],
        "site: undecidable by internal",
      ),
    ],
    mutation: breaks(TYPES.listener, "public-http", { removed: true }, "balancer-listener-pair: public-balancer"),
  },
  "balancer-has-firewall": {
    cases: [
      says(
        "an association",
        [SITE, part(TYPES.webAclAssociation)("waf", {}, { resourceArn: ["site"] })],
        "site: passed",
      ),
      says("none", [SITE], "site: no web ACL is associated with it."),
      says("an inner load balancer", [INNER], "inner: not applicable"),
    ],
    mutation: breaks(
      TYPES.webAclAssociation,
      "web-acl-public",
      { removed: true },
      "balancer-has-firewall: public-balancer",
    ),
  },
  "tls-on-every-hop": {
    cases: [
      says("TLS to it and from it", [SITE, TARGETS, HTTPS, HTTP], "site: passed"),
      says(
        "TLS that ends",
        [SITE, targets("targets", { protocol: "HTTP" }), HTTPS],
        "site: the hop from it to targets is not encrypted.",
      ),
      says(
        "no TLS at all",
        [
          SITE,
          targets("targets", { protocol: "HTTP" }),
          listener("http", {}, { loadBalancerArn: ["site"], defaultActions: ["targets"] }),
        ],
        "site: the hop to it by http is not encrypted.",
        "site: the hop from it to targets is not encrypted.",
      ),
      says("a load balancer that forwards to nobody", [SITE, HTTP], "site: not applicable"),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "inner-targets",
      { set: { protocol: "HTTP" } },
      "target-group-encrypted: inner-targets",
      "tls-on-every-hop: inner-balancer",
    ),
  },
  "certificate-chain": {
    cases: [
      says("a certificate that is waited for", [...FAR, certified("issued")], "https: passed"),
      says(
        "the bare certificate",
        [...FAR, certified("certificate")],
        "https: its certificateArn comes from a certificate that may not be issued yet.",
      ),
      says(
        "a proof elsewhere",
        [part(TYPES.certificateValidation)("issued"), certified("issued")],
        "https: the proof for issued is in no zone of this stack.",
      ),
      says(
        "an imported certificate",
        [part(TYPES.certificate)("own", { certificateBody: "PEM" }), certified("own")],
        "https: not applicable",
      ),
      says(
        "a certificate of another stack",
        [listener("https", { protocol: "HTTPS", certificateArn: "arn" })],
        "https: undecidable by certificateArn",
      ),
    ],
    mutation: breaks(
      TYPES.listener,
      "public-https",
      { from: { certificateArn: ["certificate-certificate"] } },
      "certificate-chain: public-https",
    ),
  },
  "name-leads-to-balancer": {
    cases: [
      says(
        "an alias that looks",
        [SITE, part(TYPES.record)("apex", { aliases: [{ evaluateTargetHealth: true }] }, { aliases: ["site"] })],
        "site: passed",
      ),
      says(
        "an alias that does not",
        [SITE, part(TYPES.record)("apex", { aliases: [{ evaluateTargetHealth: false }] }, { aliases: ["site"] })],
        "site: apex does not look at its health.",
      ),
      says("no alias", [SITE], "site: no alias record leads to it."),
      says("an inner load balancer", [INNER], "inner: not applicable"),
    ],
    mutation: breaks(TYPES.record, "dns-apex", { removed: true }, "name-leads-to-balancer: public-balancer"),
  },
  "log-bucket-usable": {
    cases: [
      says(
        "a bucket that is ready",
        [LOGS, LOGS_POLICY, encryption("AES256"), bucketed(["logs", "policy"])],
        "site: passed",
      ),
      says("no policy", [LOGS, bucketed(["logs"])], "site: logs has no policy."),
      says(
        "a policy that comes late",
        [LOGS, LOGS_POLICY, bucketed(["logs"])],
        "site: it does not wait for the policy of logs.",
      ),
      says(
        "a key",
        [LOGS, LOGS_POLICY, encryption("aws:kms"), bucketed(["logs", "policy"])],
        "site: logs encrypts with KMS.",
      ),
      says(
        "a policy that names the account of the region",
        [
          LOGS,
          logPolicy({ AWS: "arn:aws:iam::054676820928:root" }, "arn:aws:s3:::logs/*", "s3:Put*"),
          bucketed(["logs", "policy"], { prefix: "web" }),
        ],
        "site: passed",
      ),
      says(
        "a policy for another place",
        [LOGS, LOGS_POLICY, bucketed(["logs", "policy"], { prefix: "web" })],
        "site: the policy of logs does not let load balancers write to web/AWSLogs/.",
      ),
      says(
        "a policy for somebody else",
        [LOGS, logPolicy({ AWS: "123456789012" }, "arn:aws:s3:::logs/*"), bucketed(["logs", "policy"])],
        "site: the policy of logs does not let load balancers write to AWSLogs/.",
      ),
      says(
        "a policy that lets read",
        [LOGS, logPolicy(SERVICE, "arn:aws:s3:::logs/*", "s3:GetObject"), bucketed(["logs", "policy"])],
        "site: the policy of logs does not let load balancers write to AWSLogs/.",
      ),
      says(
        "a policy that is not known yet, and a key",
        [
          LOGS,
          part(TYPES.bucketPolicy)("policy", { policy: UNKNOWN }, { bucket: ["logs"] }),
          encryption("aws:kms"),
          bucketed(["logs", "policy"]),
        ],
        "site: logs encrypts with KMS.",
      ),
      says(
        "a policy that is not known yet",
        [
          LOGS,
          part(TYPES.bucketPolicy)("policy", { policy: UNKNOWN }, { bucket: ["logs"] }),
          bucketed(["logs", "policy"]),
        ],
        "site: undecidable by policy",
      ),
      says(
        "a load balancer of connections",
        [
          LOGS,
          balancer("site", { loadBalancerType: "network", accessLogs: { enabled: true } }, { accessLogs: ["logs"] }),
        ],
        "site: not applicable",
      ),
      says("no logs", [SITE], "site: not applicable"),
      says("a bucket of another stack", [bucketed([])], "site: undecidable by accessLogs.bucket"),
    ],
    mutation: breaks(
      TYPES.bucketEncryption,
      "access-logs-encryption",
      { set: { "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms" } },
      "bucket-encryption: access-logs-encryption",
      "log-bucket-usable: inner-balancer",
      "log-bucket-usable: public-balancer",
    ),
  },
  "target-group-in-use": {
    cases: [
      says(
        "a group between listener and fleet",
        [SITE, TARGETS, HTTPS, fleet("fleet", {}, { targetGroupArns: ["targets"] })],
        "targets: passed",
      ),
      says(
        "a group of its own",
        [TARGETS],
        "targets: no listener forwards to it.",
        "targets: nothing is registered in it.",
      ),
      SILENT,
    ],
    mutation: breaks(TYPES.listener, "inner-https", { removed: true }, "target-group-in-use: inner-targets"),
  },
  "deploy-outlasts-drain": {
    cases: [
      says(
        "patience enough",
        [
          targets("targets", { deregistrationDelay: 30 }),
          fleet(
            "fleet",
            { waitForCapacityTimeout: "15m", defaultInstanceWarmup: 120 },
            { targetGroupArns: ["targets"] },
          ),
        ],
        "fleet: passed",
      ),
      says(
        "too little",
        [
          targets("targets"),
          fleet(
            "fleet",
            { waitForCapacityTimeout: "1m30s", defaultInstanceWarmup: 60 },
            { targetGroupArns: ["targets"] },
          ),
        ],
        "fleet: it waits 90 s, warming up takes 60 s, and draining targets 300 s.",
      ),
      says("a group without targets", [fleet("fleet")], "fleet: not applicable"),
    ],
    mutation: breaks(
      TYPES.group,
      "web-group",
      { set: { waitForCapacityTimeout: "2m" } },
      "deploy-outlasts-drain: web-group",
    ),
  },
};
