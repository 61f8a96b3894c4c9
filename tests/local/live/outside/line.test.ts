import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import test, { type ExecutionContext } from "ava";
import { dial, readLine } from "../../../../local/live/outside/line.ts";

/** Two ends of a connection. */
async function ends(t: ExecutionContext): Promise<{ here: Socket; there: Socket }> {
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const there = once(server, "connection");
  const here = await dial({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, timeoutMs: 5_000 });
  const [accepted] = (await there) as [Socket];
  t.teardown(() => {
    here.destroy();
    accepted.destroy();
    server.close();
  });
  return { here, there: accepted };
}

test("a line is read however it is cut, and what follows stays to be read", async (t) => {
  const { here, there } = await ends(t);
  const line = readLine(there);
  here.write("example");
  await new Promise((resolve) => setTimeout(resolve, 20));
  here.write(".com 443\nGET /");
  t.is(await line, "example.com 443");
  here.end(" HTTP/1.1\n");
  let rest = "";
  for await (const chunk of there) rest += chunk;
  t.is(rest, "GET / HTTP/1.1\n");
});

test("a connection that ends within its first line is told from an empty line", async (t) => {
  const { here, there } = await ends(t);
  const line = readLine(there);
  here.end("half");
  await t.throwsAsync(line, { message: "the connection ended before a line was complete" });
});

test("a port where nobody listens is refused", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await t.throwsAsync(dial({ host: "127.0.0.1", port, timeoutMs: 5_000 }), { code: "ECONNREFUSED" });
});
