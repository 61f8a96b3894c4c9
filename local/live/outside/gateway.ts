/**
 * Runs in the namespace of the internet and connects for those who are not in it: gateway.ts SOCKET RESOLVER
 * A connection to the socket starts with a line, `HOST PORT`, and is answered with a line, `connected` or why not; what follows is passed on.
 */
import { Resolver } from "node:dns/promises";
import { createServer, isIP, type Socket } from "node:net";
import { dial, readLine } from "./line.ts";

const [socketPath = "", resolverAddress = ""] = process.argv.slice(2);
const resolver = new Resolver({ timeout: 1_000, tries: 2 });
resolver.setServers([resolverAddress]);

createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
  client.on("error", () => client.destroy());
  serve(client).catch((error: Error) => client.end(`${error.message.replaceAll("\n", " ")}\n`));
}).listen(socketPath);

async function serve(client: Socket): Promise<void> {
  const [host = "", port = ""] = (await readLine(client)).split(" ");
  const target = await reach(host, Number(port));
  client.write("connected\n");
  target.on("error", () => client.destroy());
  client.on("close", () => target.destroy());
  target.on("close", () => client.destroy());
  client.pipe(target);
  target.pipe(client);
}

/** As a browser does: the addresses of a name one after the other, until one answers. */
async function reach(host: string, port: number): Promise<Socket> {
  const addresses = isIP(host) ? [host] : await resolver.resolve4(host);
  let failure: Error | undefined;
  for (const address of addresses) {
    try {
      return await dial({ host: address, port, timeoutMs: 2_000 });
    } catch (error) {
      failure = error as Error;
    }
  }
  throw failure ?? new Error(`${host} has no address`);
}
