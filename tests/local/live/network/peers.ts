import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { ExecutionContext } from "ava";
import { inNamespace, systemEnvironment } from "../../../../local/live/network/commands.ts";

/** Longer than any connection takes that comes about. */
const PATIENCE_MS = 3_000;

/** Tells who connects by which address it is seen, then sends back what it is sent. */
const LISTENER = `
import { createServer } from "node:net";
const places = process.argv.slice(1);
let open = 0;
for (const place of places) {
  const [host, port] = place.split(":");
  createServer((socket) => socket.on("error", () => {}).pipe(socket).write(socket.remoteAddress + "\\n"))
    .listen(Number(port), host, () => ++open === places.length && console.log("ready"));
}`;

const CLIENT = `
import { connect } from "node:net";
for (const place of process.argv.slice(1)) {
  const [host, port] = place.split(":");
  const socket = connect(Number(port), host);
  const tell = (seen) => { socket.destroy(); clearTimeout(patience); console.log(place + " " + seen); };
  const patience = setTimeout(tell, ${PATIENCE_MS}, "");
  socket.once("data", (seen) => tell(String(seen).trim())).on("error", () => tell(""));
}`;

/** Sends a line for each that it is told to, and says whether it came back. */
const CONVERSATION = `
import { connect } from "node:net";
import { createInterface } from "node:readline";
const [host, port] = process.argv[1].split(":");
const socket = connect(Number(port), host);
const lines = createInterface(socket)[Symbol.asyncIterator]();
await lines.next();
console.log("ready");
for await (const line of createInterface(process.stdin)) {
  socket.write(line + "\\n");
  const answer = lines.next().then(() => "answered");
  console.log(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, ${PATIENCE_MS}, "silence"))]));
}`;

type Peer = ChildProcessByStdio<Writable, Readable, null>;

function peer(t: ExecutionContext, namespace: string, script: string, places: readonly string[]): Peer {
  const node = [process.execPath, "--input-type=module", "-e", script, "--", ...places];
  const [command = "", ...parameters] = inNamespace(namespace, node);
  const child = spawn(command, parameters, { stdio: ["pipe", "pipe", "inherit"], env: systemEnvironment() });
  t.teardown(() => child.kill("SIGKILL"));
  return child;
}

/** Listens on places such as `0.0.0.0:443` until the test ends. */
export async function listen(t: ExecutionContext, namespace: string, ...places: string[]): Promise<void> {
  for await (const _ of createInterface(peer(t, namespace, LISTENER, places).stdout)) return;
  throw new Error(`Nothing listens in ${namespace}.`);
}

/** Which of these places can be connected to, and by which address one is seen there. */
export async function reached(
  t: ExecutionContext,
  namespace: string,
  places: readonly string[],
): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for await (const line of createInterface(peer(t, namespace, CLIENT, places).stdout)) {
    const [place = "", address = ""] = line.split(" ");
    if (address !== "") seen[place] = address;
  }
  return Object.fromEntries(places.flatMap((place) => (seen[place] ? [[place, seen[place]]] : [])));
}

/** A connection that stays open; each call sends a line, and tells whether it came back: `answered` or `silence`. */
export async function converse(
  t: ExecutionContext,
  namespace: string,
  place: string,
): Promise<(line: string) => Promise<string | undefined>> {
  const child = peer(t, namespace, CONVERSATION, [place]);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return async (line) => {
    child.stdin.write(`${line}\n`);
    return (await lines.next()).value;
  };
}
