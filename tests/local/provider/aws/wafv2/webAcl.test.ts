import {
  CreateIPSetCommand,
  GetWebACLCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UpdateWebACLCommand,
  WAFV2Client,
  type WebACL,
} from "@aws-sdk/client-wafv2";
import test from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import { UNKNOWN } from "../../../../../local/provider/core/values.ts";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough, type Made } from "../../operations.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";
import { group, PLAIN, rule, seen } from "./rules.ts";

const ACL = "aws:wafv2/webAcl:WebAcl";

const account = await startAccount();
test.after.always(account.stop);
const { operations } = account;
const waf = new WAFV2Client(account.client);

async function get({ id, state }: Made): Promise<WebACL> {
  const scope = state.scope as "REGIONAL";
  const { WebACL } = await waf.send(new GetWebACLCommand({ Id: id, Name: state.name as string, Scope: scope }));
  return WebACL as WebACL;
}

test("a web ACL lives as AWS's own would", async (t) => {
  const inputs = {
    ...PLAIN,
    name: "site",
    rules: [group("CommonRuleSet", 1), rule("rate", 2, { rateBasedStatement: { limit: 2000 } })],
    tags: { tier: "edge" },
  };
  await liveThrough(t, operations, {
    type: ACL,
    name: "site",
    inputs: { ...inputs, description: "Before the site" },
    unknown: ["applicationIntegrationUrl", "arn", "capacity", "lockToken"],
    empty: ["applicationIntegrationUrl"],
    update: {
      inputs: {
        ...inputs,
        defaultAction: { block: {} },
        rules: [group("CommonRuleSet", 1)],
        tags: { tier: "other" },
      },
      paths: ["defaultAction.allow", "defaultAction.block", "description", "rules[1]", "tags.tier"],
    },
    replace: { inputs: { ...inputs, name: "other", scope: "CLOUDFRONT" }, properties: ["name", "scope"] },
    async account(id, step) {
      const asked = waf.send(new GetWebACLCommand({ Id: id, Name: "site", Scope: "REGIONAL" }));
      if (step === "deleted") return void (await t.throwsAsync(asked, { name: "WAFNonexistentItemException" }));
      const { WebACL } = await asked;
      const isNew = step === "created";
      t.like(WebACL, {
        Name: "site",
        Description: isNew ? "Before the site" : "",
        Capacity: isNew ? 702 : 700,
        DefaultAction: isNew ? { Allow: {} } : { Block: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: "all", SampledRequestsEnabled: true },
      });
      t.deepEqual(
        WebACL?.Rules?.map(({ Name, Priority, Action, OverrideAction, Statement }) => ({
          Name,
          Priority,
          Action,
          OverrideAction,
          Statement,
        })),
        [
          {
            Name: "CommonRuleSet",
            Priority: 1,
            Action: undefined,
            OverrideAction: { None: {} },
            Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } },
          },
          {
            Name: "rate",
            Priority: 2,
            Action: { Block: {} },
            OverrideAction: undefined,
            Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: "IP", EvaluationWindowSec: 300 } },
          },
        ].slice(0, isNew ? 2 : 1) as object[],
      );
      const { TagInfoForResource } = await waf.send(new ListTagsForResourceCommand({ ResourceARN: WebACL?.ARN }));
      t.deepEqual(TagInfoForResource?.TagList, [{ Key: "tier", Value: isNew ? "edge" : "other" }]);
    },
  });
});

const text = (fieldToMatch: object, more: object = {}) => ({
  fieldToMatch,
  textTransformations: [{ priority: 0, type: "NONE" }],
  ...more,
});

test("every kind of condition reaches AWS in its words, and is read back in ours", async (t) => {
  const friends = await waf.send(
    new CreateIPSetCommand({
      Name: "friends",
      Scope: "REGIONAL",
      IPAddressVersion: "IPV4",
      Addresses: ["192.0.2.0/24"],
    }),
  );
  const set = friends.Summary?.ARN as string;
  const path = {
    byteMatchStatement: text({ uriPath: {} }, { positionalConstraint: "STARTS_WITH", searchString: "/a" }),
  };
  const cookies = { matchPatterns: [{ includedCookies: ["id"] }], matchScope: "VALUE", oversizeHandling: "MATCH" };
  const headers = [{ matchPattern: { all: {} }, matchScope: "KEY", oversizeHandling: "NO_MATCH" }];
  const forwardedIpConfig = { fallbackBehavior: "MATCH", headerName: "X-Forwarded-For" };
  const conditions = [
    { geoMatchStatement: { countryCodes: ["CH", "LI"], forwardedIpConfig } },
    { ipSetReferenceStatement: { arn: set, ipSetForwardedIpConfig: { ...forwardedIpConfig, position: "ANY" } } },
    { labelMatchStatement: { key: "awswaf:managed:aws:bot-control:bot:verified", scope: "LABEL" } },
    { asnMatchStatement: { asnLists: [64496] } },
    { notStatement: { statement: path } },
    {
      andStatement: {
        statements: [path, { orStatement: { statements: [path, { notStatement: { statement: path } }] } }],
      },
    },
    { regexMatchStatement: text({ allQueryArguments: {} }, { regexString: "^x" }) },
    { sizeConstraintStatement: text({ body: {} }, { comparisonOperator: "GT", size: 8192 }) },
    { sqliMatchStatement: text({ cookies }, { sensitivityLevel: "HIGH" }) },
    { xssMatchStatement: text({ headers }) },
    { xssMatchStatement: text({ jsonBody: { matchPattern: { includedPaths: ["/a"] }, matchScope: "ALL" } }) },
    { sqliMatchStatement: text({ headerOrders: [{ oversizeHandling: "CONTINUE" }] }) },
    {
      byteMatchStatement: text(
        { ja3Fingerprint: { fallbackBehavior: "MATCH" } },
        { positionalConstraint: "EXACTLY", searchString: "ä" },
      ),
    },
    {
      rateBasedStatement: {
        limit: 10,
        aggregateKeyType: "CUSTOM_KEYS",
        customKeys: [
          { ip: {} },
          { httpMethod: {} },
          { header: { name: "x", textTransformations: [{ priority: 0, type: "LOWERCASE" }] } },
        ],
        scopeDownStatement: path,
      },
    },
    {
      rateBasedStatement: { limit: 100, evaluationWindowSec: 60, aggregateKeyType: "FORWARDED_IP", forwardedIpConfig },
    },
  ];
  const rules = conditions.map((statement, index) => rule(`rule-${index}`, index, statement, { count: {} }));
  const inputs = { ...PLAIN, name: "all", rules };
  const made = await operations.create(ACL, "all", inputs);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  const read = await operations.refresh(made);
  t.deepEqual(read?.state, made.state);
  t.deepEqual(read?.inputs, made.inputs);
  const told = (await get(made)).Rules?.map(({ Statement }) => Statement) ?? [];
  const match = { FieldToMatch: { UriPath: {} }, TextTransformations: [{ Priority: 0, Type: "NONE" }] };
  const slash = new TextEncoder().encode("/a");
  const theirs = { ByteMatchStatement: { ...match, PositionalConstraint: "STARTS_WITH", SearchString: slash } };
  const ForwardedIPConfig = { FallbackBehavior: "MATCH", HeaderName: "X-Forwarded-For" };
  t.deepEqual(told.slice(0, 6) as unknown[], [
    { GeoMatchStatement: { CountryCodes: ["CH", "LI"], ForwardedIPConfig } },
    { IPSetReferenceStatement: { ARN: set, IPSetForwardedIPConfig: { ...ForwardedIPConfig, Position: "ANY" } } },
    { LabelMatchStatement: { Key: "awswaf:managed:aws:bot-control:bot:verified", Scope: "LABEL" } },
    { AsnMatchStatement: { AsnList: [64496] } },
    { NotStatement: { Statement: theirs } },
    {
      AndStatement: {
        Statements: [theirs, { OrStatement: { Statements: [theirs, { NotStatement: { Statement: theirs } }] } }],
      },
    },
  ]);
  t.deepEqual(told[7]?.SizeConstraintStatement?.FieldToMatch, { Body: { OversizeHandling: "CONTINUE" } });
  t.deepEqual(told[8]?.SqliMatchStatement?.FieldToMatch, {
    Cookies: { MatchPattern: { IncludedCookies: ["id"] }, MatchScope: "VALUE", OversizeHandling: "MATCH" },
  });
  t.deepEqual(told[9]?.XssMatchStatement?.FieldToMatch, {
    Headers: { MatchPattern: { All: {} }, MatchScope: "KEY", OversizeHandling: "NO_MATCH" },
  });
  t.deepEqual(told[11]?.SqliMatchStatement?.FieldToMatch, { HeaderOrder: { OversizeHandling: "CONTINUE" } });
  t.deepEqual(told[13]?.RateBasedStatement?.CustomKeys as unknown[], [
    { IP: {} },
    { HTTPMethod: {} },
    { Header: { Name: "x", TextTransformations: [{ Priority: 0, Type: "LOWERCASE" }] } },
  ]);
  // In the order of the rules: 1, 5 (any position of a header), 1, 1, 2, 3 * 2, 3 + 10 (all arguments), 1, 30, 40, 2 * 40 (JSON), 20, 2,
  // 2 + 3 * 30 + 2 (a rate by three keys of what begins so), 2.
  t.is(made.state.capacity, 1 + 5 + 1 + 1 + 2 + 6 + 13 + 1 + 30 + 40 + 80 + 20 + 2 + 94 + 2);
});

test("the same transformation of the same part of a request is paid for once", async (t) => {
  const type = (name: string) => [{ priority: 0, type: name }];
  const match = (fieldToMatch: object, transformation: string) => ({
    byteMatchStatement: {
      fieldToMatch,
      textTransformations: type(transformation),
      positionalConstraint: "CONTAINS",
      searchString: "x",
    },
  });
  const rules = [
    rule("one", 1, match({ uriPath: {} }, "LOWERCASE")),
    rule("again", 2, match({ uriPath: {} }, "LOWERCASE")),
    rule("other", 3, match({ queryString: {} }, "LOWERCASE")),
  ];
  t.is((await operations.create(ACL, "paid", { ...PLAIN, rules })).state.capacity, 3 * 10 + 2 * 10);
});

test("groups of rules are overridden, narrowed and configured", async (t) => {
  const rules = [
    group("BotControlRuleSet", 1, {
      managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: "TARGETED" } }],
      ruleActionOverrides: [{ name: "SignalNonBrowserUserAgent", actionToUse: { count: {} } }],
      scopeDownStatement: { geoMatchStatement: { countryCodes: ["CH"] } },
    }),
    { ...group("CommonRuleSet", 2), overrideAction: { count: {} } },
  ];
  const made = await operations.create(ACL, "groups", { ...PLAIN, rules });
  t.is(made.state.capacity, 50 + 1 + 700);
  const [bots] = (await get(made)).Rules ?? [];
  t.deepEqual(bots?.Statement?.ManagedRuleGroupStatement as unknown, {
    VendorName: "AWS",
    Name: "AWSManagedRulesBotControlRuleSet",
    ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: "TARGETED" } }],
    RuleActionOverrides: [{ Name: "SignalNonBrowserUserAgent", ActionToUse: { Count: {} } }],
    ScopeDownStatement: { GeoMatchStatement: { CountryCodes: ["CH"] } },
  });
  const [first, second] = rules;
  const softened = { ...PLAIN, rules: [first, { ...second, overrideAction: { none: {} } }] };
  t.deepEqual((await operations.diff(made, softened)).differences, [
    { path: "rules[1]", kind: "update", replace: false },
  ]);
  t.deepEqual((await operations.diff(made, { ...PLAIN, rules: [second, first] })).differences, []);
});

test("answers, limits and tokens of a web ACL are changed and taken back", async (t) => {
  const answer = {
    customResponse: {
      responseCode: 429,
      customResponseBodyKey: "slow",
      responseHeaders: [{ name: "Retry-After", value: "60" }],
    },
  };
  const body = { key: "slow", content: "Too many requests", contentType: "TEXT_PLAIN" };
  const inputs = {
    ...PLAIN,
    captchaConfig: { immunityTimeProperty: { immunityTime: 120 } },
    challengeConfig: { immunityTimeProperty: { immunityTime: 600 } },
    customResponseBodies: [body],
    tokenDomains: ["example.com"],
    associationConfig: { requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_32" } }] },
    dataProtectionConfig: {
      dataProtections: [{ action: "HASH", field: { fieldType: "SINGLE_HEADER", fieldKeys: ["authorization"] } }],
    },
    rules: [rule("rate", 1, { rateBasedStatement: { limit: 100 } }, { block: answer })],
  };
  const made = await operations.create(ACL, "answers", inputs);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  t.like(await get(made), {
    CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 120 } },
    ChallengeConfig: { ImmunityTimeProperty: { ImmunityTime: 600 } },
    CustomResponseBodies: { slow: { Content: "Too many requests", ContentType: "TEXT_PLAIN" } },
    TokenDomains: ["example.com"],
    AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: "KB_32" } } },
    DataProtectionConfig: {
      DataProtections: [{ Action: "HASH", Field: { FieldType: "SINGLE_HEADER", FieldKeys: ["authorization"] } }],
    },
  });
  const bare = await operations.update(made, PLAIN);
  t.is(bare.state.capacity, 0);
  const told = await get(made);
  t.deepEqual(told.Rules, []);
  for (const part of [
    "CaptchaConfig",
    "ChallengeConfig",
    "CustomResponseBodies",
    "TokenDomains",
    "AssociationConfig",
    "DataProtectionConfig",
  ] as const)
    t.is(told[part] ?? undefined, undefined, part);
});

const change = async (made: Made, description: string): Promise<void> => {
  const { WebACL, LockToken } = await waf.send(
    new GetWebACLCommand({ Id: made.id, Name: made.state.name as string, Scope: "REGIONAL" }),
  );
  await waf.send(
    new UpdateWebACLCommand({
      Id: made.id,
      Name: WebACL?.Name,
      Scope: "REGIONAL",
      LockToken,
      DefaultAction: { Block: {} },
      VisibilityConfig: WebACL?.VisibilityConfig,
      Description: description,
    }),
  );
};

test("a web ACL that was changed by hand is found, and changed and removed all the same", async (t) => {
  const made = await operations.create(ACL, "drifting", PLAIN);
  await change(made, "by hand");
  const drifted = (await operations.refresh(made)) as Made;
  t.deepEqual([...(await operations.diff(drifted, PLAIN)).changed].sort(), ["defaultAction", "description"]);
  t.not(drifted.state.lockToken, made.state.lockToken);
  // With the lock token of before the change: what the state knows without a refresh.
  const updated = await operations.update(made, { ...PLAIN, description: "by program" });
  t.like(await get(updated), { Description: "by program", DefaultAction: { Allow: {} } });
  await change(updated, "by hand again");
  await operations.delete(updated);
  t.is(await operations.refresh(updated), undefined);
});

test("a web ACL for CloudFront lives in us-east-1, and elsewhere AWS refuses it", async (t) => {
  const inputs = { ...PLAIN, scope: "CLOUDFRONT", name: "edge" };
  await t.throwsAsync(operations.create(ACL, "edge", inputs), {
    name: "WAFInvalidParameterException",
    message: "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT",
  });
  const home = await account.provider({ region: "us-east-1" });
  const made = await home.create(ACL, "edge", inputs);
  t.is(made.state.arn, `arn:aws:wafv2:us-east-1:${ACCOUNT_ID}:global/webacl/edge/${made.id}`);
  t.deepEqual((await home.refresh(made))?.state, made.state);
  t.like((await home.import(ACL, "edge", `${made.id}/edge/CLOUDFRONT`))?.state, { name: "edge", scope: "CLOUDFRONT" });
  await home.delete(made);
  t.is(await home.refresh(made), undefined);
});

test("a web ACL is imported by id, name and scope", async (t) => {
  const inputs = { ...PLAIN, name: "imported", rules: [group("KnownBadInputsRuleSet", 1)] };
  const made = await operations.create(ACL, "imported", inputs);
  const imported = await operations.import(ACL, "imported", `${made.id}/imported/REGIONAL`);
  t.deepEqual(imported?.id, made.id);
  t.deepEqual(imported?.state, made.state);
  t.deepEqual((await operations.diff(imported as Made, inputs)).differences, []);
  t.like(imported?.inputs, { defaultAction: { allow: {} }, rules: [{ overrideAction: { none: {} } }] });
  t.is(await operations.import(ACL, "none", "a1b2c3d4/none/REGIONAL"), undefined);
});

test("a web ACL that a killed run made is told from another of the same name", async (t) => {
  const made = await operations.create(ACL, "lost", { ...PLAIN, name: "lost" });
  // Completing it has taken the mark off; here it is again, as in a run that was killed.
  await waf.send(
    new TagResourceCommand({
      ResourceARN: made.state.arn as string,
      Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  const inputs = { name: "lost", scope: "REGIONAL" };
  t.is(await operations.lost(ACL, "lost", "token-of-the-lost", inputs), made.id);
  t.is(await operations.lost(ACL, "lost", "another", inputs), undefined);
  t.is(await operations.lost(ACL, "lost", "token-of-the-lost", { ...inputs, name: "none" }), undefined);
});

test("a web ACL may have a name with a prefix, and is not taken over", async (t) => {
  const made = await operations.create(ACL, "prefixed", { ...PLAIN, namePrefix: "site-" });
  t.regex(made.state.name as string, /^site-[0-9a-f]{26}$/);
  t.deepEqual((await operations.diff(made, { ...PLAIN, namePrefix: "site-" })).differences, []);
  await t.throwsAsync(operations.create(ACL, "again", { ...PLAIN, name: made.state.name }), {
    name: "WAFDuplicateItemException",
  });
});

test("what refers to nothing, and what takes too much, is refused as by AWS", async (t) => {
  const refused = async (statement: object, name: string) => {
    const kind = Object.keys(statement)[0]?.includes("Group")
      ? { overrideAction: { none: {} } }
      : { action: { block: {} } };
    const rules = [{ name: "x", priority: 1, statement, visibilityConfig: seen("x"), ...kind }];
    await t.throwsAsync(operations.create(ACL, "refused", { ...PLAIN, rules }), { name });
  };
  const arn = (kind: string) => `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/${kind}/none/1`;
  await refused({ ipSetReferenceStatement: { arn: arn("ipset") } }, "WAFNonexistentItemException");
  await refused({ ruleGroupReferenceStatement: { arn: arn("rulegroup") } }, "WAFNonexistentItemException");
  const managed = (vendorName: string, name: string) => ({ managedRuleGroupStatement: { vendorName, name } });
  await refused(managed("AWS", "AWSManagedRulesCommonRulesSet"), "WAFInvalidParameterException");
  await refused(managed("Fortinet", "all_rules"), "WAFSubscriptionNotFoundException");
  const rules = Array.from({ length: 8 }, (_, index) => ({ ...group("CommonRuleSet", index), name: `rule-${index}` }));
  await t.throwsAsync(operations.create(ACL, "heavy", { ...PLAIN, rules }), {
    name: "WAFLimitsExceededException",
    message: "The rules take 5600 capacity units of at most 5000.",
  });
});

const busy = { status: 400, code: "WAFUnavailableEntityException" };

test("what WAF does not know yet is waited for when a web ACL is made, changed and removed", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action, before) =>
    /^(Create|Update|Delete)WebACL$/.test(action) && before === 0 ? busy : undefined,
  );
  t.teardown(api.stop);
  const slow = await account.provider({ endpoints: [{ wafv2: api.endpoint }] });
  const made = await slow.create(ACL, "slow", PLAIN);
  const changed = await slow.update(made, { ...PLAIN, description: "changed" });
  await slow.delete(changed);
  t.deepEqual(
    api.calls.filter((call) => /^(Create|Update|Delete)/.test(call)),
    ["CreateWebACL", "CreateWebACL", "UpdateWebACL", "UpdateWebACL", "DeleteWebACL", "DeleteWebACL"],
  );
});

test("a web ACL whose creation is not completed is kept, and completed by the next update", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action, before) =>
    action === "UntagResource" && before === 0 ? { status: 400, code: "AccessDeniedException" } : undefined,
  );
  t.teardown(api.stop);
  const faulty = await account.provider({ endpoints: [{ wafv2: api.endpoint }] });
  const error = await t.throwsAsync(faulty.create(ACL, "half", PLAIN), {
    instanceOf: PartialFailure,
    message: "AccessDeniedException: made by the test",
  });
  const { id, properties } = error as PartialFailure;
  const request = faulty.request(ACL, "half");
  const inputs = await faulty.inputs(request, PLAIN);
  const half = { request, id, inputs, state: properties };
  const whole = await faulty.update(half, PLAIN);
  const { TagInfoForResource } = await waf.send(
    new ListTagsForResourceCommand({ ResourceARN: whole.state.arn as string }),
  );
  t.deepEqual(TagInfoForResource?.TagList, []);
});

test("a rule asks for a captcha, inserts headers and adds labels", async (t) => {
  const insertHeaders = [{ name: "x-seen", value: "yes" }];
  const one = {
    ...rule(
      "one",
      1,
      { geoMatchStatement: { countryCodes: ["CH"] } },
      { captcha: { customRequestHandling: { insertHeaders } } },
    ),
    captchaConfig: { immunityTimeProperty: { immunityTime: 60 } },
    ruleLabels: [{ name: "swiss" }],
  };
  const inputs = { ...PLAIN, rules: [one] };
  const made = await operations.create(ACL, "labels", inputs);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
  t.like((await get(made)).Rules?.[0], {
    Action: { Captcha: { CustomRequestHandling: { InsertHeaders: [{ Name: "x-seen", Value: "yes" }] } } },
    CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 60 } },
    RuleLabels: [{ Name: "swiss" }],
  });
});

test("a preview shows as unknown what a change of the rules will change, and of the tags what it will not", async (t) => {
  const made = await operations.create(ACL, "previewed", PLAIN);
  const { capacity, lockToken } = await operations.previewUpdate(made, {
    ...PLAIN,
    rules: [group("CommonRuleSet", 1)],
  });
  t.deepEqual([capacity, lockToken], [UNKNOWN, UNKNOWN]);
  const tagged = await operations.previewUpdate(made, { ...PLAIN, tags: { tier: "edge" } });
  t.deepEqual([tagged.capacity, tagged.lockToken], [0, made.state.lockToken]);
});
