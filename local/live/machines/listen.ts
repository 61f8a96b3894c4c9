import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:net";

/** Listens, and hands what it listens with to its parent. */
const LISTENER = `
const { createServer } = require("node:net");
const [address, port] = process.argv.slice(1);
const server = createServer();
server.on("error", (error) => { console.error(error.message); process.exit(1); });
server.listen(Number(port), address, () => process.send("here", server));
// Not before the other end has it, and not later either: both would accept connections.
process.on("message", () => process.exit());
`;

/**
 * A TCP server at an address of another network namespace, in this process. A socket stays in the namespace that it was made in: another process makes it
 * there and hands it over, and nothing has to stand between the two namespaces. Listen to its `connection` event.
 */
export async function listenIn(namespace: string, address: string, port: number): Promise<Server> {
  const command = [`--net=/run/netns/${namespace}`, process.execPath, "--eval", LISTENER, address, String(port)];
  const child = spawn("nsenter", command, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let errors = "";
  child.stderr?.on("data", (data) => {
    errors += data;
  });
  const closed = once(child, "close");
  const server = await Promise.race([
    once(child, "message").then(([, handle]) => handle as Server),
    closed.then(() => {
      throw new Error(`Nothing can listen at ${address}:${port} in ${namespace}: ${errors.trim()}`);
    }),
  ]);
  child.send("taken");
  await closed;
  return server;
}
