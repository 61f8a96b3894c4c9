import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type ExecutionContext } from "ava";
import { instanceCredentials } from "../../../../local/live/machines/credentials.ts";
import { machine } from "./account.ts";

/** An STS whose credentials are valid for so many minutes. */
async function sts(t: ExecutionContext, minutes: number) {
  const asked: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const data of request) body += data;
    asked.push(Object.fromEntries(new URLSearchParams(body)));
    const expiration = new Date(Date.now() + minutes * 60_000).toISOString();
    response.end(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
      <AccessKeyId>ASIA${asked.length}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>session</SessionToken><Expiration>${expiration}</Expiration>
    </Credentials></AssumeRoleResult></AssumeRoleResponse>`);
  }).listen(0, "127.0.0.1");
  t.teardown(() => server.closeAllConnections());
  t.teardown(() => server.close());
  await once(server, "listening");
  return { asked, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("a machine assumes its role under its own id, once for as long as that is good for a while", async (t) => {
  const { asked, endpoint } = await sts(t, 16);
  const credentialsOf = instanceCredentials(endpoint, "eu-central-1");
  t.is((await credentialsOf(machine())).accessKeyId, "ASIA1");
  t.is((await credentialsOf(machine())).accessKeyId, "ASIA1");
  t.is((await credentialsOf(machine({ instanceId: "i-another" }))).accessKeyId, "ASIA2");
  t.deepEqual(
    asked.map(({ RoleArn, RoleSessionName }) => [RoleArn, RoleSessionName]),
    [
      ["arn:aws:iam::123456789012:role/webstack/web-role", "i-0123456789abcdef0"],
      ["arn:aws:iam::123456789012:role/webstack/web-role", "i-another"],
    ],
  );
});

test("credentials that end within a quarter of an hour are renewed", async (t) => {
  const { endpoint } = await sts(t, 14);
  const credentialsOf = instanceCredentials(endpoint, "eu-central-1");
  t.is((await credentialsOf(machine())).accessKeyId, "ASIA1");
  t.is((await credentialsOf(machine())).accessKeyId, "ASIA2");
});
