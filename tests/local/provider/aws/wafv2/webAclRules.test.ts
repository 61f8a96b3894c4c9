import test from "ava";
import { aws } from "../../../../../local/provider/aws/provider.ts";
import { UNKNOWN, type Values } from "../../../../../local/provider/core/values.ts";
import { Operations } from "../../operations.ts";
import { REGION } from "../account.ts";
import { group, PLAIN, rule, seen } from "./rules.ts";

const ACL = "aws:wafv2/webAcl:WebAcl";

const operations = await Operations.of(aws, { config: { region: REGION } });

/** Like `refuses`, but named by what is said: the inputs are long. */
function refused(more: Values, ...reasons: string[]): void {
  test(`a web ACL is refused: ${reasons.join("; ")}`, async (t) => {
    const problems = await operations.problems(ACL, { ...PLAIN, ...more });
    t.deepEqual(
      problems.map(({ property, reason }) => [property, reason]),
      reasons.map((reason) => [/^\w+/.exec(reason)?.[0], reason]),
    );
  });
}

const without = (property: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== property));
const geo = { geoMatchStatement: { countryCodes: ["CH"] } };
const statement = (one: Values, ...reasons: string[]): void => refused({ rules: [rule("x", 1, one)] }, ...reasons);
const rate = (more: Values, ...reasons: string[]): void =>
  statement({ rateBasedStatement: { limit: 100, ...more } }, ...reasons);
const bytes = (more: Values) => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "EXACTLY",
    searchString: "/",
    textTransformations: [{ priority: 0, type: "NONE" }],
    ...more,
  },
});

refused(
  { scope: "GLOBAL", description: "x", name: "a b", visibilityConfig: seen("a.b") },
  'scope must be one of CLOUDFRONT, REGIONAL, got "GLOBAL"',
  'visibilityConfig.metricName must be letters, digits, hyphens and underscores only, got "a.b"',
  'description must be three or more letters, digits, blanks and characters of _+=:#@/,.-, without a blank at either end, got "x"',
  'name must be letters, digits, hyphens and underscores only, got "a b"',
);
refused({ defaultAction: {} }, "defaultAction needs one of allow, block, got none");
refused(
  { defaultAction: { allow: {}, block: {} } },
  "defaultAction takes only one of its properties, got allow, block",
);
refused({ ruleJson: "[]" }, "ruleJson is not supported offline; say the rules in rules, which nest up to three levels");
refused(
  { captchaConfig: { immunityTimeProperty: { immunityTime: 30 } } },
  "captchaConfig.immunityTimeProperty.immunityTime must be from 60 to 259200, got 30",
);

// How rules go together.
refused(
  { rules: [rule("one", 1, geo), rule("two", 1, geo)] },
  "rules holds the priority 1 more than once; AWS looks at the rules in the order of their priorities",
);
refused(
  { rules: [rule("one", 1, geo), rule("one", 2, geo)] },
  "rules holds the name one more than once; names tell the rules apart",
);
refused({ rules: [without("action", rule("x", 1, geo))] }, "rules[0] needs action beside its geoMatchStatement");
refused(
  { rules: [{ ...rule("x", 1, geo), overrideAction: { none: {} } }] },
  "rules[0].overrideAction cannot be set beside geoMatchStatement; use action",
);
refused(
  { rules: [{ ...group("CommonRuleSet", 1), action: { block: {} } }] },
  "rules[0].action cannot be set beside managedRuleGroupStatement; use overrideAction",
);
refused(
  { rules: [without("overrideAction", group("CommonRuleSet", 1))] },
  "rules[0] needs overrideAction beside its managedRuleGroupStatement",
);
refused(
  { rules: [rule("x", 1, geo, {})] },
  "rules[0].action needs one of allow, block, captcha, challenge, count, got none",
);
refused(
  { rules: [rule("x", 1, geo, { block: { customResponse: { responseCode: 99, customResponseBodyKey: "none" } } })] },
  "rules[0].action.block.customResponse.responseCode must be from 200 to 599, got 99",
);
refused(
  { rules: [rule("x", 1, geo, { block: { customResponse: { responseCode: 403, customResponseBodyKey: "none" } } })] },
  'rules[0].action.block.customResponse.customResponseBodyKey must be the key of one of customResponseBodies, got "none"',
);
refused(
  { defaultAction: { block: { customResponse: { responseCode: 403, customResponseBodyKey: "none" } } } },
  'defaultAction.block.customResponse.customResponseBodyKey must be the key of one of customResponseBodies, got "none"',
);

// What conditions ask for.
statement(
  {},
  "rules[0].statement needs one of andStatement, asnMatchStatement, byteMatchStatement, geoMatchStatement, ipSetReferenceStatement, labelMatchStatement, managedRuleGroupStatement, notStatement, orStatement, rateBasedStatement, regexMatchStatement, regexPatternSetReferenceStatement, ruleGroupReferenceStatement, sizeConstraintStatement, sqliMatchStatement, xssMatchStatement, got none",
);
statement(
  { ...geo, notStatement: { statement: geo } },
  "rules[0].statement takes only one of its properties, got geoMatchStatement, notStatement",
);
statement(
  { geoMatchStatement: { countryCodes: ["Switzerland"] } },
  'rules[0].statement.geoMatchStatement.countryCodes[0] must be a country\'s two capital letters, such as CH, got "Switzerland"',
);
statement(
  { andStatement: { statements: [geo] } },
  "rules[0].statement.andStatement.statements needs at least 2 entries, got 1",
);
statement(
  { notStatement: { statement: { rateBasedStatement: { limit: 100 } } } },
  "rules[0].statement.notStatement.statement.rateBasedStatement is not a property of this type; it has andStatement, asnMatchStatement, byteMatchStatement, geoMatchStatement, ipSetReferenceStatement, labelMatchStatement, notStatement, orStatement, regexMatchStatement, regexPatternSetReferenceStatement, sizeConstraintStatement, sqliMatchStatement, xssMatchStatement",
  "rules[0].statement.notStatement.statement needs one of andStatement, asnMatchStatement, byteMatchStatement, geoMatchStatement, ipSetReferenceStatement, labelMatchStatement, notStatement, orStatement, regexMatchStatement, regexPatternSetReferenceStatement, sizeConstraintStatement, sqliMatchStatement, xssMatchStatement, got none",
);
statement(
  bytes({ fieldToMatch: {} }),
  "rules[0].statement.byteMatchStatement.fieldToMatch needs one of allQueryArguments, body, cookies, headerOrders, headers, ja3Fingerprint, ja4Fingerprint, jsonBody, method, queryString, singleHeader, singleQueryArgument, uriFragment, uriPath, got none",
);
statement(
  bytes({ fieldToMatch: { singleHeader: { name: "Host" } } }),
  'rules[0].statement.byteMatchStatement.fieldToMatch.singleHeader.name must be lower-case letters, digits, hyphens and underscores only, as AWS tells it, got "Host"',
);
statement(
  bytes({ textTransformations: [] }),
  "rules[0].statement.byteMatchStatement.textTransformations needs at least 1 entries, got 0",
);
statement(
  bytes({
    textTransformations: [
      { priority: 1, type: "LOWERCASE" },
      { priority: 1, type: "URL_DECODE" },
    ],
  }),
  "rules[0].statement.byteMatchStatement.textTransformations holds the priority 1 more than once; AWS applies them in the order of their priorities",
);
statement(
  {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name: "AWSManagedRulesATPRuleSet",
      managedRuleGroupConfigs: [{ awsManagedRulesAtpRuleSet: { loginPath: "/login" } }],
    },
  },
  "rules[0].statement.managedRuleGroupStatement.managedRuleGroupConfigs[0].awsManagedRulesAtpRuleSet is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);

const not = (one: Values, times: number): Values =>
  times === 0 ? one : { notStatement: { statement: not(one, times - 1) } };
statement(
  not(geo, 4),
  "rules[0].statement.notStatement.statement.notStatement.statement.notStatement.statement nests too deep: and, or and not go 3 levels deep at most",
);
rate(
  { scopeDownStatement: not(geo, 3) },
  "rules[0].statement.rateBasedStatement.scopeDownStatement.notStatement.statement.notStatement.statement nests too deep: and, or and not go 3 levels deep at most",
);

// What a rate is counted by.
rate({ limit: 5 }, "rules[0].statement.rateBasedStatement.limit must be from 10 to 2000000000, got 5");
rate(
  { evaluationWindowSec: 30 },
  "rules[0].statement.rateBasedStatement.evaluationWindowSec must be one of 60, 120, 300, 600, got 30",
);
rate(
  { aggregateKeyType: "CUSTOM_KEYS" },
  "rules[0].statement.rateBasedStatement.customKeys is required for aggregateKeyType CUSTOM_KEYS, and missing",
);
rate(
  { customKeys: [{ ip: {} }] },
  'rules[0].statement.rateBasedStatement.customKeys is only for aggregateKeyType CUSTOM_KEYS, got "IP"; remove it',
);
rate(
  { aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {}, asn: {} }] },
  "rules[0].statement.rateBasedStatement.customKeys[0] takes only one of its properties, got asn, ip",
);
rate(
  { aggregateKeyType: "FORWARDED_IP" },
  "rules[0].statement.rateBasedStatement.forwardedIpConfig is required to count by forwarded addresses, and missing",
);
rate(
  { forwardedIpConfig: { fallbackBehavior: "MATCH", headerName: "X-Forwarded-For" } },
  'rules[0].statement.rateBasedStatement.forwardedIpConfig is only for counting by forwarded addresses, got aggregateKeyType "IP"; remove it',
);
rate(
  { aggregateKeyType: "CONSTANT" },
  "rules[0].statement.rateBasedStatement.scopeDownStatement is required for aggregateKeyType CONSTANT, and missing",
);

test("what a preview cannot know counts as given, however deep", async (t) => {
  const unknown = (more: Values) => operations.problems(ACL, { ...PLAIN, ...more });
  const whole = { ...rule("x", 1, geo), action: UNKNOWN };
  t.deepEqual(await unknown({ rules: [whole] }), []);
  t.deepEqual(await unknown({ rules: [rule("x", 1, { rateBasedStatement: UNKNOWN })] }), []);
  const rates = { limit: 100, aggregateKeyType: "CONSTANT", scopeDownStatement: UNKNOWN };
  t.deepEqual(await unknown({ rules: [rule("x", 1, { rateBasedStatement: rates })] }), []);
  const custom = { limit: 100, aggregateKeyType: "CUSTOM_KEYS", customKeys: UNKNOWN };
  t.deepEqual(await unknown({ rules: [rule("x", 1, { rateBasedStatement: custom })] }), []);
  const key = { block: { customResponse: { responseCode: 403, customResponseBodyKey: "late" } } };
  t.deepEqual(await unknown({ rules: [rule("x", 1, geo, key)], customResponseBodies: UNKNOWN }), []);
  t.deepEqual(await unknown({ rules: UNKNOWN }), []);
});
