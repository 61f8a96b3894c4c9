import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const listener = resource(TYPES.listener);
const balancer = resource(TYPES.loadBalancer);
const targets = resource(TYPES.targetGroup);

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const FUNCTION = { targetType: "lambda" };

export const loadBalancerCases: Readonly<Record<string, RuleCases>> = {
  "listener-redirects-http": {
    cases: [
      says("a redirect", [listener({ protocol: "HTTP", defaultActions: [redirect] })], "it: passed"),
      says(
        "a listener that forwards",
        [listener({ protocol: "HTTP", defaultActions: [{ type: "forward" }] })],
        "it: its default actions are: forward.",
      ),
      says(
        "a listener that says no protocol",
        [listener({ defaultActions: [{ type: "forward" }] })],
        "it: its default actions are: forward.",
      ),
      says(
        "a redirect to plain HTTP",
        [
          listener({
            protocol: "HTTP",
            defaultActions: [{ ...redirect, redirect: { ...redirect.redirect, protocol: "HTTP" } }],
          }),
        ],
        "it: its default actions are: redirect.",
      ),
      says(
        "a listener for HTTPS",
        [listener({ protocol: "HTTPS", defaultActions: [{ type: "forward" }] })],
        "it: not applicable",
      ),
      says(
        "a listener of appliances",
        [
          listener({ defaultActions: [{ type: "forward" }] }, { from: { loadBalancerArn: ["gateway"] } }),
          balancer({ loadBalancerType: "gateway" }, { name: "gateway" }),
        ],
        "it: not applicable",
      ),
      says(
        "an action that is not known yet",
        [listener({ protocol: "HTTP", defaultActions: UNKNOWN })],
        "it: undecidable by defaultActions",
      ),
    ],
    mutation: breaks(
      TYPES.listener,
      "public-http",
      { set: { "defaultActions.0.redirect.statusCode": "HTTP_302" } },
      "listener-redirects-http: public-http",
    ),
  },
  "listener-has-certificate": {
    cases: [
      says("a listener with a certificate", [listener({ protocol: "HTTPS", certificateArn: "arn" })], "it: passed"),
      says(
        "a listener whose certificate only the deployment knows",
        [
          listener({ protocol: "HTTPS" }, { from: { certificateArn: ["certificate"] } }),
          { type: TYPES.certificate, name: "certificate" },
        ],
        "it: passed",
      ),
      says("a listener without one", [listener({ protocol: "TLS" })], "it: it has no certificateArn."),
      says("a listener for HTTP", [listener({ protocol: "HTTP" })], "it: not applicable"),
      says("a protocol that is not known yet", [listener({ protocol: UNKNOWN })], "it: undecidable by protocol"),
    ],
    mutation: breaks(
      TYPES.listener,
      "public-https",
      { set: { certificateArn: undefined }, from: { certificateArn: [] } },
      "listener-has-certificate: public-https",
    ),
  },
  "listener-tls-policy": {
    cases: [
      says(
        "a policy of the list",
        [listener({ protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" })],
        "it: passed",
      ),
      says("AWS's default", [listener({ protocol: "HTTPS" })], "it: its sslPolicy is ELBSecurityPolicy-2016-08."),
      says(
        "a name that has an accepted one in it",
        [listener({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06-Old" })],
        "it: its sslPolicy is ELBSecurityPolicy-TLS13-1-2-2021-06-Old.",
      ),
      says("a listener for TCP", [listener({ protocol: "TCP" })], "it: not applicable"),
      says(
        "a policy that is not known yet",
        [listener({ protocol: "HTTPS", sslPolicy: UNKNOWN })],
        "it: undecidable by sslPolicy",
      ),
    ],
    mutation: breaks(
      TYPES.listener,
      "inner-https",
      { set: { sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" } },
      "listener-tls-policy: inner-https",
    ),
  },
  "listener-strict-transport": {
    cases: [
      says(
        "a listener that sends the header",
        [listener({ protocol: "HTTPS", routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000" })],
        "it: passed",
      ),
      says(
        "a listener that does not",
        [listener({ protocol: "HTTPS" })],
        "it: it does not send Strict-Transport-Security.",
      ),
      says(
        "a listener of an internal load balancer",
        [
          listener({ protocol: "HTTPS" }, { from: { loadBalancerArn: ["inner"] } }),
          balancer({ internal: true }, { name: "inner" }),
        ],
        "it: not applicable",
      ),
      says("a listener for HTTP", [listener({ protocol: "HTTP" })], "it: not applicable"),
      says("a protocol that is not known yet", [listener({ protocol: UNKNOWN })], "it: undecidable by protocol"),
    ],
    mutation: breaks(
      TYPES.listener,
      "public-https",
      { set: { routingHttpResponseStrictTransportSecurityHeaderValue: undefined } },
      "listener-strict-transport: public-https",
    ),
  },
  "target-group-encrypted": {
    cases: [
      says("targets that speak HTTPS", [targets({ protocol: "HTTPS" })], "it: passed"),
      says("targets that speak HTTP", [targets({ protocol: "HTTP", targetType: "ip" })], "it: its protocol is HTTP."),
      says("a function", [targets(FUNCTION)], "it: not applicable"),
      says("a protocol that is not known yet", [targets({ protocol: UNKNOWN })], "it: undecidable by protocol"),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "inner-targets",
      { set: { protocol: "HTTP" } },
      "target-group-encrypted: inner-targets",
      "tls-on-every-hop: inner-balancer",
    ),
  },
  "target-group-health-check-encrypted": {
    cases: [
      says("checks by HTTPS", [targets({ healthCheck: { protocol: "HTTPS" } })], "it: passed"),
      says("checks as AWS makes them", [targets()], "it: its healthCheck.protocol is HTTP."),
      says("a function", [targets(FUNCTION)], "it: not applicable"),
      says("checks that are off", [targets({ healthCheck: { enabled: false } })], "it: not applicable"),
      says(
        "a protocol that is not known yet",
        [targets({ healthCheck: { protocol: UNKNOWN } })],
        "it: undecidable by healthCheck.protocol",
      ),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "public-targets",
      { set: { "healthCheck.protocol": "HTTP" } },
      "target-group-health-check-encrypted: public-targets",
    ),
  },
  "target-group-health-check": {
    cases: [
      says(
        "a target that is out after a minute",
        [targets({ healthCheck: { interval: 20, matcher: "200-299,301" } })],
        "it: passed",
      ),
      says(
        "a target that is out later",
        [targets({ healthCheck: { interval: 30 } })],
        "it: a broken target is out after 90 seconds.",
      ),
      says(
        "errors that are taken for health",
        [targets({ healthCheck: { interval: 10, matcher: "200-499" } })],
        "it: its healthCheck.matcher is 200-499.",
      ),
      says("checks that are off", [targets({ healthCheck: { enabled: false } })], "it: its health checks are off."),
      says(
        "statuses of gRPC",
        [targets({ protocolVersion: "GRPC", healthCheck: { interval: 10, matcher: "0-99" } })],
        "it: passed",
      ),
      says(
        "checks that only connect",
        [targets({ healthCheck: { interval: 10, protocol: "TCP", matcher: "" } })],
        "it: passed",
      ),
      says("a function", [targets(FUNCTION)], "it: not applicable"),
      says(
        "an interval that is not known yet",
        [targets({ healthCheck: { interval: UNKNOWN } })],
        "it: undecidable by healthCheck.interval",
      ),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "public-targets",
      { set: { "healthCheck.interval": 30 } },
      "target-group-health-check: public-targets",
    ),
  },
  "target-group-drains": {
    cases: [
      says("the most time", [targets({ deregistrationDelay: 300 })], "it: passed"),
      says("time for the longest request", [targets({ deregistrationDelay: 30 })], "it: passed"),
      says("what AWS takes", [targets()], "it: its deregistrationDelay is not set."),
      says(
        "too little time",
        [targets({ deregistrationDelay: 29 })],
        "it: its deregistrationDelay is 29 seconds, and the longest request takes 30.",
      ),
      says(
        "too much time",
        [targets({ deregistrationDelay: 301 })],
        "it: its deregistrationDelay is 301 seconds, and the longest request takes 30.",
      ),
      says("a function", [targets(FUNCTION)], "it: not applicable"),
      says(
        "a time that is not known yet",
        [targets({ deregistrationDelay: UNKNOWN })],
        "it: undecidable by deregistrationDelay",
      ),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "inner-targets",
      { set: { deregistrationDelay: 0 } },
      "target-group-drains: inner-targets",
    ),
  },
  "target-group-not-sticky": {
    cases: [
      says("a group that says nothing of it", [targets()], "it: passed"),
      says("stickiness that is off", [targets({ stickiness: { type: "lb_cookie", enabled: false } })], "it: passed"),
      says(
        "stickiness that only has a type",
        [targets({ stickiness: { type: "lb_cookie" } })],
        "it: its stickiness is enabled.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [targets({ stickiness: { enabled: UNKNOWN } })],
        "it: undecidable by stickiness.enabled",
      ),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "public-targets",
      { set: { "stickiness.enabled": true } },
      "target-group-not-sticky: public-targets",
    ),
  },
  "target-group-replaceable": {
    cases: [
      says("a group with the beginning of a name", [targets({ namePrefix: "web-" })], "it: passed"),
      says("a group with a name", [targets({ name: "web" })], "it: its name is always web."),
      says(
        "a group that is deleted first",
        [targets({}, { options: { deleteBeforeReplace: true } })],
        "it: it is deleted before it is replaced.",
      ),
      SILENT,
      says("a name that is not known yet", [targets({ name: UNKNOWN })], "it: undecidable by name"),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "public-targets",
      { options: { deleteBeforeReplace: true } },
      "target-group-replaceable: public-targets",
    ),
  },
  "balancer-drops-invalid-headers": {
    cases: [
      says("one that drops them", [balancer({ dropInvalidHeaderFields: true })], "it: passed"),
      says("one as AWS makes it", [balancer()], "it: its dropInvalidHeaderFields is false."),
      says("one for connections", [balancer({ loadBalancerType: "network" })], "it: not applicable"),
      says(
        "what is not known yet",
        [balancer({ dropInvalidHeaderFields: UNKNOWN })],
        "it: undecidable by dropInvalidHeaderFields",
      ),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "public-balancer",
      { set: { dropInvalidHeaderFields: undefined } },
      "balancer-drops-invalid-headers: public-balancer",
    ),
  },
  "balancer-access-logs": {
    cases: [
      says("one with logs", [balancer({ accessLogs: { enabled: true, bucket: "logs" } })], "it: passed"),
      says(
        "one whose bucket only the deployment knows",
        [
          balancer({ accessLogs: { enabled: true } }, { from: { accessLogs: ["logs"] } }),
          { type: TYPES.bucket, name: "logs" },
        ],
        "it: passed",
      ),
      says("a bucket alone", [balancer({ accessLogs: { bucket: "logs" } })], "it: its accessLogs are not enabled."),
      says("no bucket", [balancer({ accessLogs: { enabled: true } })], "it: its accessLogs name no bucket."),
      says("one for appliances", [balancer({ loadBalancerType: "gateway" })], "it: not applicable"),
      says("what is not known yet", [balancer({ accessLogs: UNKNOWN })], "it: undecidable by accessLogs.enabled"),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "inner-balancer",
      { set: { "accessLogs.enabled": false } },
      "balancer-access-logs: inner-balancer",
    ),
  },
  "balancer-deletion-protection": {
    cases: [
      says("one that refuses", [balancer({ enableDeletionProtection: true })], "it: passed"),
      says("one as AWS makes it", [balancer()], "it: its enableDeletionProtection is false."),
      SILENT,
      says(
        "what is not known yet",
        [balancer({ enableDeletionProtection: UNKNOWN })],
        "it: undecidable by enableDeletionProtection",
      ),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "public-balancer",
      { set: { enableDeletionProtection: false } },
      "balancer-deletion-protection: public-balancer",
    ),
  },
  "balancer-desync-mitigation": {
    cases: [
      says("one as AWS makes it", [balancer()], "it: passed"),
      says(
        "one that only watches",
        [balancer({ desyncMitigationMode: "monitor" })],
        "it: its desyncMitigationMode is monitor.",
      ),
      says("one for connections", [balancer({ loadBalancerType: "network" })], "it: not applicable"),
      says(
        "a mode that is not known yet",
        [balancer({ desyncMitigationMode: UNKNOWN })],
        "it: undecidable by desyncMitigationMode",
      ),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "inner-balancer",
      { set: { desyncMitigationMode: "monitor" } },
      "balancer-desync-mitigation: inner-balancer",
    ),
  },
  "balancer-two-subnets": {
    cases: [
      says("two subnets that only the deployment knows", [balancer({ subnets: [UNKNOWN, UNKNOWN] })], "it: passed"),
      says("two addresses", [balancer({ subnetMappings: [{ subnetId: "a" }, { subnetId: "b" }] })], "it: passed"),
      says("one subnet", [balancer({ subnets: ["a"] })], "it: it has 1 subnet."),
      SILENT,
      says("subnets that are not known yet", [balancer({ subnets: UNKNOWN })], "it: undecidable by subnets"),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "public-balancer",
      { set: { subnets: ["subnet-1"] }, from: { subnets: ["network-public-1"] } },
      "balancer-two-subnets: public-balancer",
      "zones-spread: public-balancer",
    ),
  },
  "balancer-public-by-intent": {
    cases: [
      says("a public one of a public tier", [balancer({ internal: false, tags: { tier: "web" } })], "it: passed"),
      says(
        "one as AWS makes it, of another tier",
        [balancer({ tags: { tier: "application" } })],
        "it: it faces the Internet, and its tier is application.",
      ),
      says("an internal one", [balancer({ internal: true, tags: { tier: "application" } })], "it: not applicable"),
      says("one without a tier", [balancer()], "it: not applicable"),
      says(
        "what is not known yet",
        [balancer({ internal: UNKNOWN, tags: { tier: "data" } })],
        "it: undecidable by internal",
      ),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "public-balancer",
      { set: { "tags.tier": "application" } },
      "balancer-public-by-intent: public-balancer",
    ),
  },
};
