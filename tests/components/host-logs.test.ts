import test from "ava";
import { HostLogs, hostLogName } from "../../components/host-logs.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

const logs = () =>
  record(
    () =>
      new HostLogs("hl", {
        account: ACCOUNT,
        namePrefix: "webstack-production",
        tiers: ["web", "app"],
        retentionDays: 400,
        kmsKeyArn: "arn:key",
        tags: TAGS,
      }),
  );

test("each tier has a group for its system and one for its service, encrypted and kept for as long as is configured", async (t) => {
  const { all } = await logs();
  const common = { retentionInDays: 400, kmsKeyId: "arn:key" };
  t.deepEqual(
    all(GROUP).map(({ name, inputs, parent }) => [name, inputs, parent]),
    [
      ["hl-web-system", { name: "/webstack-production/web/system", ...common, tags: tagsOf("hl-web-system") }, "hl"],
      ["hl-web-service", { name: "/webstack-production/web/service", ...common, tags: tagsOf("hl-web-service") }, "hl"],
      ["hl-app-system", { name: "/webstack-production/app/system", ...common, tags: tagsOf("hl-app-system") }, "hl"],
      ["hl-app-service", { name: "/webstack-production/app/service", ...common, tags: tagsOf("hl-app-service") }, "hl"],
    ],
  );
});

test("it tells hosts where to write, and roles to what", async (t) => {
  const { built } = await logs();
  t.deepEqual(await unwrap(built.names), {
    web: { system: "/webstack-production/web/system", service: "/webstack-production/web/service" },
    app: { system: "/webstack-production/app/system", service: "/webstack-production/app/service" },
  });
  t.deepEqual(await unwrap([...built.arns.app]), [
    "arn:aws:logs:eu-central-1:123456789012:log-group:/webstack-production/app/system",
    "arn:aws:logs:eu-central-1:123456789012:log-group:/webstack-production/app/service",
  ]);
});

test("what a group is called is known before it is there", (t) => {
  t.is(hostLogName("webstack-production", "*", "*"), "/webstack-production/*/*");
});
