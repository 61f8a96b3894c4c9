import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExecutionContext } from "ava";
import { AddressBook } from "../../../local/live/address-book.ts";
import { Authority } from "../../../local/live/machines/authority.ts";
import { AWS, METADATA } from "../../../local/live/network/addresses.ts";
import { Fabric } from "../../../local/live/network/fabric.ts";
import { place } from "../../../local/live/placement.ts";
import { Services } from "../../../local/live/services.ts";
import { privileged } from "./privileged.ts";
import { account, group, machine } from "./stacks.ts";

/** The same whenever this checkout runs these tests, so that one run cleans up after another that was killed. */
const id = `s${createHash("sha256")
  .update(import.meta.filename)
  .digest("hex")
  .slice(0, 6)}`;

const LOGS = "logs.eu-west-1.amazonaws.com";

/** An emulator that answers with what it was asked for. */
async function echo(t: ExecutionContext): Promise<string> {
  const server = createServer(({ method, url, headers }, response) =>
    response.end(`${method} ${url} at ${headers.host}`),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(t: ExecutionContext) {
  const directory = mkdtempSync(join(tmpdir(), "webstack-services-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const base = join(directory, "base");
  mkdirSync(join(base, "mirror"), { recursive: true });
  writeFileSync(join(base, "mirror/archive"), "http://deb.example.org/debian/\n");

  const plain = account({ machines: [machine("i-1", "10.0.1.4")], securityGroups: [group("sg-server")] });
  const [network] = plain.networks;
  const endpoint = {
    id: "vpce-1",
    service: "logs",
    subnetIds: ["subnet-app-b"],
    securityGroupIds: [],
    privateDns: true,
  };
  const held = { ...plain, networks: network ? [{ ...network, endpoints: [endpoint] }] : [] };
  const { plan, endpoints } = place(held, new AddressBook(), [], []);
  const fabric = await Fabric.start({ id });
  t.teardown(() => fabric.stop());
  await fabric.apply(plan);

  const authority = await Authority.make();
  const ca = join(directory, "ca.pem");
  writeFileSync(ca, authority.certificate);
  const options = { fabric, authority, base, endpoint: await echo(t), region: "eu-west-1", account: () => held };
  const services = await Services.start(options);
  t.teardown(() => services.stop());
  const [name = "", { interface: { address } = { address: "" } } = {}] = [...endpoints][0] ?? [];
  /** What curl prints in a namespace, or its exit code. */
  const curl = async (namespace: string, ...parameters: string[]) => {
    const command = ["netns", "exec", namespace, "curl", "--silent", "--max-time", "10", "--cacert", ca, ...parameters];
    return promisify(execFile)("ip", command).then(
      ({ stdout }) => stdout,
      ({ code }) => `curl ends with ${code}`,
    );
  };
  return { services, fabric, curl, endpoint: { namespace: fabric.namespaceOf(name), address } };
}

/** Asks a host at one of its addresses. */
const at = (address: string, url: string) => {
  const { hostname, protocol } = new URL(url);
  return ["--resolve", `${hostname}:${protocol === "https:" ? 443 : 80}:${address}`, url];
};

privileged("machines have their metadata within the network, and by a token alone", async (t) => {
  const { fabric, curl } = await serve(t);
  const ask = (...parameters: string[]) => curl(fabric.namespaceOf("i-1"), ...parameters);
  const identity = `http://${METADATA}/latest/meta-data/instance-id`;
  t.is(await ask("--write-out", "%{http_code}", "--output", "/dev/null", identity), "401");
  const seconds = ["--header", "X-aws-ec2-metadata-token-ttl-seconds: 60"];
  const token = await ask("--request", "PUT", ...seconds, `http://${METADATA}/latest/api/token`);
  t.is(await ask("--header", `X-aws-ec2-metadata-token: ${token}`, identity), "i-1");
});

privileged("AWS's endpoints answer on the internet, by both schemes, from the emulator", async (t) => {
  const { fabric, curl } = await serve(t);
  const ask = (address: string, url: string) => curl(fabric.outside, ...at(address, url));
  t.is(await ask(AWS.other, `https://${LOGS}/one`), `GET /one at ${LOGS}`);
  t.is(await ask(AWS.other, `http://${LOGS}/two`), `GET /two at ${LOGS}`);
  const bucket = "releases.s3.eu-west-1.amazonaws.com";
  t.is(await ask(AWS.s3, `https://${bucket}/app.tar.gz`), `GET /app.tar.gz at ${bucket}`);
});

privileged(
  "an interface endpoint answers within the network from when it is asked to until it is closed",
  async (t) => {
    const { services, curl, endpoint } = await serve(t);
    const { namespace, address } = endpoint;
    const ask = () => curl(namespace, ...at(address, `https://${LOGS}/`));
    t.is(await ask(), "curl ends with 7", "refused");
    const server = await services.answerAt(namespace, address);
    t.is(await ask(), `GET / at ${LOGS}`);
    server.close();
    t.is(await ask(), "curl ends with 7");
  },
);

privileged("nothing answers any more once they are stopped", async (t) => {
  const { services, fabric, curl } = await serve(t);
  services.stop();
  t.is(await curl(fabric.outside, ...at(AWS.other, `https://${LOGS}/`)), "curl ends with 7");
  t.is(await curl(fabric.namespaceOf("i-1"), `http://${METADATA}/`), "curl ends with 7");
});
