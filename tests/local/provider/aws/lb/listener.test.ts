import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeListenerAttributesCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerAttributesCommand,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient, UploadServerCertificateCommand } from "@aws-sdk/client-iam";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";
import { createNetwork } from "./network.ts";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";

const { operations, client, stop } = await startAccount();
const elb = new ElasticLoadBalancingV2Client(client);
const acm = new ACMClient(client);
const { vpcId, subnetIds } = await createNetwork(operations);
const balancer = await operations.create(BALANCER, "web", { subnets: subnetIds });
const other = await operations.create(BALANCER, "other", { subnets: subnetIds });
const target = (name: string) => operations.create(GROUP, name, { vpcId, port: 80, protocol: "HTTP" });
const [blue, green] = [await target("blue"), await target("green")];
const certificates = await Promise.all(
  ["one", "two"].map(async (name) => {
    const made = await new IAMClient(client).send(
      new UploadServerCertificateCommand({ ServerCertificateName: name, CertificateBody: "body", PrivateKey: "key" }),
    );
    return made.ServerCertificateMetadata?.Arn as string;
  }),
);
test.after.always(stop);

const describe = async (arn: string) => {
  const { Listeners } = await elb.send(new DescribeListenersCommand({ ListenerArns: [arn] })).catch(() => ({
    Listeners: [],
  }));
  return Listeners?.[0];
};
const ruleOf = async (arn: string) => {
  const { Rules } = await elb.send(new DescribeRulesCommand({ RuleArns: [arn] })).catch(() => ({ Rules: [] }));
  return Rules?.[0];
};
const forwardTo = (...arns: string[]) => [
  { type: "forward", forward: { targetGroups: arns.map((arn, index) => ({ arn, weight: index * 10 })) } },
];
const ROUTING = [
  "routingHttpRequestXAmznMtlsClientcertHeaderName",
  "routingHttpRequestXAmznMtlsClientcertIssuerHeaderName",
  "routingHttpRequestXAmznMtlsClientcertLeafHeaderName",
  "routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName",
  "routingHttpRequestXAmznMtlsClientcertSubjectHeaderName",
  "routingHttpRequestXAmznMtlsClientcertValidityHeaderName",
  "routingHttpRequestXAmznTlsCipherSuiteHeaderName",
  "routingHttpRequestXAmznTlsVersionHeaderName",
  "routingHttpResponseAccessControlAllowCredentialsHeaderValue",
  "routingHttpResponseAccessControlAllowHeadersHeaderValue",
  "routingHttpResponseAccessControlAllowMethodsHeaderValue",
  "routingHttpResponseAccessControlAllowOriginHeaderValue",
  "routingHttpResponseAccessControlExposeHeadersHeaderValue",
  "routingHttpResponseAccessControlMaxAgeHeaderValue",
  "routingHttpResponseContentSecurityPolicyHeaderValue",
  "routingHttpResponseServerEnabled",
  "routingHttpResponseStrictTransportSecurityHeaderValue",
  "routingHttpResponseXContentTypeOptionsHeaderValue",
  "routingHttpResponseXFrameOptionsHeaderValue",
];

test("a listener lives as AWS's own would", async (t) => {
  const inputs = {
    loadBalancerArn: balancer.id,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
    tags: { Name: "http" },
  };
  await liveThrough(t, operations, {
    type: LISTENER,
    name: "http",
    inputs,
    unknown: ["arn", "mutualAuthentication", "sslPolicy", "tcpIdleTimeoutSeconds", ...ROUTING],
    empty: ["mutualAuthentication", "sslPolicy", "tcpIdleTimeoutSeconds", ...ROUTING],
    update: {
      inputs: {
        ...inputs,
        port: 8080,
        defaultActions: forwardTo(blue.id, green.id),
        routingHttpResponseServerEnabled: true,
        tags: { Name: "other" },
      },
      paths: [
        "defaultActions[0].forward",
        "defaultActions[0].targetGroupArn",
        "port",
        "routingHttpResponseServerEnabled",
        "tags.Name",
      ],
    },
    replace: { inputs: { ...inputs, loadBalancerArn: other.id }, properties: ["loadBalancerArn"] },
    importWithout: [],
    async account(arn, step) {
      const listener = await describe(arn);
      if (step === "deleted") {
        t.is(listener, undefined);
        return;
      }
      t.is(listener?.Port, step === "created" ? 80 : 8080);
      t.is(listener?.Protocol, "HTTP");
      const [action] = listener?.DefaultActions ?? [];
      if (step === "created") {
        t.is(action?.TargetGroupArn, blue.id);
        return;
      }
      t.deepEqual(
        action?.ForwardConfig?.TargetGroups?.map(({ TargetGroupArn, Weight }) => [TargetGroupArn, Weight]),
        [
          [blue.id, 0],
          [green.id, 10],
        ],
      );
      const { Attributes } = await elb.send(new DescribeListenerAttributesCommand({ ListenerArn: arn }));
      t.true(Attributes?.some(({ Key, Value }) => Key === "routing.http.response.server.enabled" && Value === "true"));
    },
  });
});

test("redirects and fixed responses are as the program says, with the provider's defaults", async (t) => {
  const inputs = { loadBalancerArn: balancer.id, port: 81, protocol: "HTTP" };
  const made = await operations.create(LISTENER, "moved", {
    ...inputs,
    defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: 443, statusCode: "HTTP_301" } }],
  });
  t.like((await describe(made.id))?.DefaultActions?.[0]?.RedirectConfig, {
    Protocol: "HTTPS",
    Port: "443",
    Host: "#{host}",
    Path: "/#{path}",
    Query: "#{query}",
    StatusCode: "HTTP_301",
  });
  const next = {
    ...inputs,
    defaultActions: [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody: "gone", statusCode: 410 } },
    ],
  };
  const updated = await operations.update(made, next);
  t.like((await describe(made.id))?.DefaultActions?.[0]?.FixedResponseConfig, {
    StatusCode: "410",
    MessageBody: "gone",
  });
  t.deepEqual((await operations.diff(updated, next)).differences, []);
  t.deepEqual((await operations.refresh(updated))?.state, updated.state);
  await operations.delete(updated);
});

test("a single target group stays said as the program says it: by its ARN, or as one of several to come", async (t) => {
  const inputs = {
    loadBalancerArn: balancer.id,
    port: 85,
    protocol: "HTTP",
    defaultActions: [
      {
        type: "forward",
        forward: { targetGroups: [{ arn: blue.id, weight: 100 }], stickiness: { enabled: true, duration: 60 } },
      },
    ],
  };
  const made = await operations.create(LISTENER, "single", inputs);
  t.like((await describe(made.id))?.DefaultActions?.[0]?.ForwardConfig, {
    TargetGroups: [{ TargetGroupArn: blue.id, Weight: 100 }],
    TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
  });
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  const plain = { ...inputs, defaultActions: [{ type: "forward", targetGroupArn: blue.id }] };
  const updated = await operations.update(made, plain);
  t.deepEqual((await operations.diff(updated, plain)).differences, []);
  await operations.delete(updated);
});

test("HTTPS has a certificate and a policy, and takes further certificates", async (t) => {
  const inputs = {
    loadBalancerArn: balancer.id,
    port: 443,
    protocol: "HTTPS",
    certificateArn: certificates[0],
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
  };
  const made = await operations.create(LISTENER, "https", inputs);
  t.is(made.state.sslPolicy, "ELBSecurityPolicy-2016-08");
  t.is((await describe(made.id))?.Certificates?.[0]?.CertificateArn, certificates[0]);
  const strict = await operations.update(made, { ...inputs, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" });
  t.is((await describe(made.id))?.SslPolicy, "ELBSecurityPolicy-TLS13-1-2-2021-06");
  t.deepEqual((await operations.refresh(strict))?.state, strict.state);
  const further = { listenerArn: made.id, certificateArn: certificates[1] };
  await liveThrough(t, operations, {
    type: CERTIFICATE,
    name: "further",
    inputs: further,
    unknown: [],
    replace: { inputs: { ...further, certificateArn: certificates[0] }, properties: ["certificateArn"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, `${made.id}_${certificates[1]}`);
      const { Certificates = [] } = await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn: made.id }));
      t.is(
        Certificates.some(({ CertificateArn }) => CertificateArn === certificates[1]),
        step !== "deleted",
      );
    },
  });
  await operations.delete(strict);
});

test("a listener for HTTPS takes only policies and certificates that there are", async (t) => {
  const inputs = {
    loadBalancerArn: other.id,
    port: 443,
    protocol: "HTTPS",
    certificateArn: certificates[0],
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
  };
  const unknown = "arn:aws:acm:eu-west-1:123456789012:certificate/none";
  await t.throwsAsync(operations.create(LISTENER, "odd", { ...inputs, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Odd" }), {
    name: "SSLPolicyNotFoundException",
    message: "the policy ELBSecurityPolicy-TLS13-1-2-Odd does not exist",
  });
  await t.throwsAsync(operations.create(LISTENER, "bare", { ...inputs, certificateArn: unknown }), {
    name: "CertificateNotFoundException",
    message: `the certificate ${unknown} does not exist`,
  });
  const { CertificateArn } = await acm.send(new RequestCertificateCommand({ DomainName: "example.com" }));
  await t.throwsAsync(operations.create(LISTENER, "pending", { ...inputs, certificateArn: CertificateArn }), {
    name: "UnsupportedCertificate",
    message: `the certificate ${CertificateArn} is PENDING_VALIDATION, and has to be ISSUED`,
  });
  const made = await operations.create(LISTENER, "good", inputs);
  await t.throwsAsync(operations.update(made, { ...inputs, sslPolicy: "ELBSecurityPolicy-Odd" }), {
    message: "SSLPolicyNotFoundException: Policy ELBSecurityPolicy-Odd not found",
  });
  await t.throwsAsync(operations.update(made, { ...inputs, certificateArn: unknown }), {
    message: `CertificateNotFoundException: the certificate ${unknown} does not exist`,
  });
  await t.throwsAsync(operations.create(CERTIFICATE, "odd", { listenerArn: made.id, certificateArn: unknown }), {
    message: `the certificate ${unknown} does not exist`,
  });
  await t.throwsAsync(operations.create(LISTENER, "twin", inputs), { name: "DuplicateListenerException" });
  await operations.delete(made);
});

test("a change of a listener leaves its further certificates where they are", async (t) => {
  const inputs = {
    loadBalancerArn: other.id,
    port: 8443,
    protocol: "HTTPS",
    certificateArn: certificates[0],
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
  };
  const made = await operations.create(LISTENER, "several", inputs);
  const further = await operations.create(CERTIFICATE, "several", {
    listenerArn: made.id,
    certificateArn: certificates[1],
  });
  await operations.update(made, { ...inputs, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" });
  t.truthy(await operations.refresh(further));
});

test("headers that a listener adds are set, read back, changed and found when somebody else changes them", async (t) => {
  const inputs = {
    loadBalancerArn: other.id,
    port: 8444,
    protocol: "HTTPS",
    certificateArn: certificates[0],
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
    routingHttpResponseServerEnabled: false,
    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000; includeSubDomains",
    routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
    routingHttpResponseXFrameOptionsHeaderValue: "DENY",
  };
  const made = await operations.create(LISTENER, "headers", inputs);
  const attributes = async () => {
    const { Attributes = [] } = await elb.send(new DescribeListenerAttributesCommand({ ListenerArn: made.id }));
    return Object.fromEntries(Attributes.map(({ Key = "", Value }) => [Key, Value]));
  };
  t.like(await attributes(), {
    "routing.http.response.server.enabled": "false",
    "routing.http.response.strict_transport_security.header_value": "max-age=31536000; includeSubDomains",
    "routing.http.response.x_content_type_options.header_value": "nosniff",
    "routing.http.response.x_frame_options.header_value": "DENY",
  });
  const { defaultActions: _, ...said } = inputs;
  t.like((await operations.refresh(made))?.state, said);
  const short = { ...inputs, routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=300" };
  const updated = await operations.update(made, short);
  t.is((await attributes())["routing.http.response.strict_transport_security.header_value"], "max-age=300");
  const Attributes = [{ Key: "routing.http.response.server.enabled", Value: "true" }];
  await elb.send(new ModifyListenerAttributesCommand({ ListenerArn: made.id, Attributes }));
  const drifted = (await operations.refresh(updated)) ?? updated;
  t.deepEqual([...(await operations.diff(drifted, short)).changed], ["routingHttpResponseServerEnabled"]);
});

test("a listener that forwards becomes one that redirects, in place", async (t) => {
  const inputs = { loadBalancerArn: other.id, port: 80, protocol: "HTTP" };
  const made = await operations.create(LISTENER, "plain", {
    ...inputs,
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
  });
  const redirect = {
    ...inputs,
    defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
  };
  t.deepEqual((await operations.diff(made, redirect)).replaces, []);
  const updated = await operations.update(made, redirect);
  t.like((await describe(made.id))?.DefaultActions?.[0], {
    Type: "redirect",
    RedirectConfig: { StatusCode: "HTTP_301" },
  });
  t.deepEqual((await operations.refresh(updated))?.state, updated.state);
  t.deepEqual((await operations.diff(updated, redirect)).differences, []);
});

test("a target group is replaced behind a listener: the old one goes once the listener has left it", async (t) => {
  const inputs = { loadBalancerArn: balancer.id, port: 82, protocol: "HTTP" };
  const old = await target("old");
  const next = await target("next");
  const listener = await operations.create(LISTENER, "swap", {
    ...inputs,
    defaultActions: [{ type: "forward", targetGroupArn: old.id }],
  });
  await t.throwsAsync(operations.delete({ ...old, request: { ...old.request, timeout: 0.2 } }), {
    message: `waited for ${old.id} to be released by whatever uses it until the timeout of 0.2 s was over; it is still in use (ResourceInUseException: The target group '${old.id}' is currently in use by a listener or a rule)`,
  });
  const deleting = operations.delete(old);
  const swapped = await operations.update(listener, {
    ...inputs,
    defaultActions: [{ type: "forward", targetGroupArn: next.id }],
  });
  await t.notThrowsAsync(deleting);
  await operations.delete(swapped);
  await operations.delete(next);
});

test("a refresh sees an action that somebody else has changed", async (t) => {
  const inputs = {
    loadBalancerArn: balancer.id,
    port: 83,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
  };
  const made = await operations.create(LISTENER, "drift", inputs);
  await elb.send(
    new ModifyListenerCommand({
      ListenerArn: made.id,
      DefaultActions: [{ Type: "forward", TargetGroupArn: green.id }],
    }),
  );
  const found = await operations.refresh(made);
  t.deepEqual(
    (await operations.diff(found as typeof made, inputs)).differences.map(({ path }) => path),
    ["defaultActions[0].targetGroupArn"],
  );
  await operations.delete(made);
});

test("a rule lives as AWS's own would", async (t) => {
  const listener = await operations.create(LISTENER, "ruled", {
    loadBalancerArn: balancer.id,
    port: 84,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: blue.id }],
  });
  const inputs = {
    listenerArn: listener.id,
    priority: 10,
    actions: [{ type: "forward", targetGroupArn: green.id }],
    conditions: [
      { pathPattern: { values: ["/api/*"] } },
      { httpHeader: { httpHeaderName: "X-Test", values: ["yes"] } },
      { queryStrings: [{ key: "beta", value: "1" }] },
    ],
  };
  await liveThrough(t, operations, {
    type: RULE,
    name: "api",
    inputs,
    unknown: ["arn"],
    update: {
      inputs: { ...inputs, priority: 20, conditions: [{ hostHeader: { values: ["api.example.com"] } }] },
      paths: ["conditions[0]", "conditions[1]", "conditions[2]", "priority"],
    },
    replace: { inputs: { ...inputs, listenerArn: `${listener.id}0` }, properties: ["listenerArn"] },
    importWithout: [],
    async account(arn, step) {
      const rule = await ruleOf(arn);
      if (step === "deleted") {
        t.is(rule, undefined);
        return;
      }
      t.is(rule?.Priority, step === "created" ? "10" : "20");
      t.is(rule?.Actions?.[0]?.TargetGroupArn, green.id);
      t.deepEqual(
        rule?.Conditions?.map(({ Field }) => Field),
        step === "created" ? ["path-pattern", "http-header", "query-string"] : ["host-header"],
      );
    },
  });
  const first = await operations.create(RULE, "first", { ...inputs, priority: 5 });
  const { priority: _, ...unplaced } = inputs;
  const last = await operations.create(RULE, "last", unplaced);
  t.is(last.state.priority, 6);
  for (const one of [first, last, listener]) await operations.delete(one);
});

const action = {
  type: "forward",
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1",
};
const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1";
refuses(
  operations,
  LISTENER,
  {
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "redirect", redirect: { query: "a=b", statusCode: "HTTP_301" } }],
  },
  "defaultActions[0].redirect leads back to where it comes from; change one of protocol, port, host, path",
);
refuses(
  operations,
  LISTENER,
  { loadBalancerArn, port: 443, protocol: "HTTPS", defaultActions: [action] },
  "certificateArn is required and missing for the protocol HTTPS",
);
refuses(
  operations,
  LISTENER,
  { loadBalancerArn, protocol: "HTTP", sslPolicy: "ELBSecurityPolicy-2016-08", defaultActions: [{ type: "redirect" }] },
  "port is required and missing: a listener of HTTP or TCP has one",
  'sslPolicy is only for the protocols HTTPS and TLS, got "HTTP"',
  "defaultActions[0].redirect is required and missing for the type redirect",
);
refuses(
  operations,
  LISTENER,
  {
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ ...action, forward: { targetGroups: [{ arn: action.targetGroupArn }] } }],
  },
  "defaultActions[0] takes either targetGroupArn or forward; remove one of them",
);
refuses(
  operations,
  LISTENER,
  {
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "302" } }],
  },
  'defaultActions[0].fixedResponse.statusCode must be a status from 200 to 299, or from 400 to 599, got "302"',
);
refuses(
  operations,
  LISTENER,
  {
    loadBalancerArn,
    port: 80,
    defaultActions: [{ type: "authenticate-oidc", authenticateOidc: { issuer: "https://example.com" } }],
  },
  "defaultActions[0].authenticateOidc is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
refuses(
  operations,
  RULE,
  {
    listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/1/2",
    priority: 0,
    actions: [action],
    conditions: [],
  },
  "priority must be from 1 to 50000, got 0",
  "conditions needs at least 1 entries, got 0",
);
refuses(
  operations,
  RULE,
  {
    listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/1/2",
    actions: [action],
    conditions: [{ hostHeader: { values: ["a"] }, pathPattern: { values: ["/"] } }],
  },
  "conditions[0] needs exactly one of hostHeader, httpHeader, httpRequestMethod, pathPattern, queryStrings, sourceIp, got hostHeader, pathPattern",
);

test("what a killed run made is told from what was there before by its mark", async (t) => {
  const Tags = [{ Key: "webstack:creating", Value: "token" }];
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: "lost", Subnets: subnetIds, Tags }));
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn as string;
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({ Name: "lost", Port: 80, Protocol: "HTTP", VpcId: vpcId, Tags }),
  );
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn as string;
  const DefaultActions = [{ Type: "forward" as const, TargetGroupArn }];
  const listen = (Port: number, more: object) =>
    elb.send(new CreateListenerCommand({ LoadBalancerArn, Port, Protocol: "HTTP", DefaultActions, ...more }));
  await listen(80, {});
  const ListenerArn = (await listen(81, { Tags })).Listeners?.[0]?.ListenerArn as string;
  const { Rules } = await elb.send(
    new CreateRuleCommand({
      ListenerArn,
      Priority: 1,
      Actions: DefaultActions,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/a"] } }],
      Tags,
    }),
  );
  for (const [type, inputs, id] of [
    [BALANCER, { name: "lost" }, LoadBalancerArn],
    [GROUP, { name: "lost" }, TargetGroupArn],
    [LISTENER, { loadBalancerArn: LoadBalancerArn }, ListenerArn],
    [RULE, { listenerArn: ListenerArn }, Rules?.[0]?.RuleArn],
  ] as const) {
    t.is(await operations.lost(type, "lost", "token", inputs), id);
    t.is(await operations.lost(type, "lost", "another", inputs), undefined);
  }
  t.is(await operations.lost(BALANCER, "lost", "token", { name: "never-made" }), undefined);
});
