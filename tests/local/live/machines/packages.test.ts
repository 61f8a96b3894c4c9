import test from "ava";
import { INSTALLED } from "../../../../local/live/machines/packages.ts";
import { appServer } from "../../../../machines/app-server.ts";
import { simpleServer } from "../../../../machines/simple-server.ts";
import { webServer } from "../../../../machines/web-server.ts";
import { readUserData } from "../../../machines/user-data.ts";

const region = "eu-central-1";
const release = { bucket: "releases", key: "app.tar.gz", name: "app", digest: "0".repeat(64) };
const monitoring = { logGroups: { system: "/webstack/system", service: "/webstack/service" } };
const database = {
  writer: "writer",
  reader: "reader",
  name: "app",
  user: "app",
  secret: "credentials",
};

test("the base has exactly the packages that some machine installs", (t) => {
  const servers = [
    webServer({
      region,
      application: "app.internal",
      idleTimeoutSeconds: 60,
      tls: { applicationName: "app.internal" },
      monitoring,
    }),
    appServer({ region, release, port: 8080, database, tls: true, monitoring }),
    simpleServer({ domain: "example.org", region, release, database, dataDevice: "sdf" }),
  ];
  const named = new Set(servers.flatMap((text) => readUserData(text).packages));
  t.deepEqual([...named].sort(), [...INSTALLED]);
});
