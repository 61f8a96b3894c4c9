/** A visitor who goes to one address of the site, where a browser would choose among them; by HTTP. */
import { request } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { dial, readLine } from "../../local/live/outside/line.ts";
import type { Answer, LiveWorld } from "./live-world.ts";

async function connect(live: LiveWorld, address: string): Promise<Socket> {
  const socket = await dial({ path: join(live.files.sockets, "internet.sock"), timeoutMs: 5_000 });
  socket.write(`${address} 80\n`);
  const answer = await readLine(socket);
  if (answer === "connected") return socket;
  socket.destroy();
  throw new Error(`${address}: ${answer}`);
}

/** Every time by a connection of its own. */
export async function askAt(
  live: LiveWorld,
  address: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const socket = await connect(live, address);
  const { domain: host } = live.document;
  try {
    return await new Promise((resolve, reject) => {
      const asked = request(
        { path, headers: { host, connection: "close", ...headers }, createConnection: () => socket },
        (response) => {
          text(response).then(
            (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
            reject,
          );
        },
      );
      asked.once("error", reject).end();
    });
  } finally {
    socket.destroy();
  }
}

/** Nobody's entry: it is refused, by a page that says which servers it came by. */
const ENTRY = "name=&message=".padEnd(1_000, "+");

/** A form that is sent byte by byte. */
export class SlowForm {
  readonly #socket: Socket;
  #sent = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async begin(live: LiveWorld, address: string): Promise<SlowForm> {
    const socket = await connect(live, address);
    const head = [
      "POST /entries HTTP/1.1",
      `Host: ${live.document.domain}`,
      "Content-Type: application/x-www-form-urlencoded",
      `Content-Length: ${ENTRY.length}`,
      "Connection: close",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    const form = new SlowForm(socket);
    form.go();
    return form;
  }

  /** Sends one byte more. */
  go(): void {
    this.#socket.write(ENTRY.slice(this.#sent, ++this.#sent));
  }

  /** Sends the rest, and answers with the page. */
  finish(): Promise<string> {
    this.#socket.write(ENTRY.slice(this.#sent));
    return text(this.#socket);
  }
}
