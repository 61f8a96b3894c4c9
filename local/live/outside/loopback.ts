import { createSocket, type Socket as DatagramSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Internet } from "./internet.ts";

export interface Reach {
  readonly address: string;
  readonly port: number;
}

const LOOPBACK = "127.0.0.1";

/** A free loopback port of this machine that leads to a name and a port of the internet of the stack. */
export class LoopbackPort {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param target is asked for each connection, since sites move */
  static async open(internet: Internet, target: () => { host: string; port: number }): Promise<LoopbackPort> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const port = new LoopbackPort(server);
    server.on("connection", (client) => port.#serve(internet, client, target()));
    server.listen(0, LOOPBACK);
    await once(server, "listening");
    return port;
  }

  get reach(): Reach {
    return { address: LOOPBACK, port: (this.#server.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #serve(internet: Internet, client: Socket, { host, port }: { host: string; port: number }): Promise<void> {
    this.#connections.add(client);
    client.on("error", () => client.destroy());
    client.on("close", () => this.#connections.delete(client));
    try {
      const site = await internet.connect(host, port);
      site.on("error", () => client.destroy());
      site.on("close", () => client.destroy());
      client.on("close", () => site.destroy());
      client.pipe(site);
      site.pipe(client);
    } catch {
      // As a visitor of a site that is down sees it.
      client.destroy();
    }
  }
}

/** A loopback port for DNS, over UDP and TCP, that leads to a name server. */
export class LoopbackDns {
  readonly #datagrams: DatagramSocket;
  readonly #stream: LoopbackPort;

  private constructor(datagrams: DatagramSocket, stream: LoopbackPort) {
    this.#datagrams = datagrams;
    this.#stream = stream;
  }

  static async open(internet: Internet, server: string): Promise<LoopbackDns> {
    for (;;) {
      const stream = await LoopbackPort.open(internet, () => ({ host: server, port: 53 }));
      const datagrams = createSocket("udp4");
      try {
        // The same port for both, as resolvers expect.
        datagrams.bind(stream.reach.port, LOOPBACK);
        await once(datagrams, "listening");
      } catch {
        await stream.close();
        continue;
      }
      datagrams.on("message", (query, from) => {
        ask(internet, server, query).then(
          (answer) => datagrams.send(answer, from.port, from.address),
          () => {},
        );
      });
      return new LoopbackDns(datagrams, stream);
    }
  }

  get reach(): Reach {
    return this.#stream.reach;
  }

  async close(): Promise<void> {
    this.#datagrams.close();
    await this.#stream.close();
  }
}

/** One question over TCP, where a message is preceded by its length. Source: RFC 1035, section 4.2.2. */
async function ask(internet: Internet, server: string, query: Buffer): Promise<Buffer> {
  const socket = await internet.connect(server, 53);
  try {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.length);
    socket.write(Buffer.concat([length, query]));
    let answer = Buffer.alloc(0);
    for await (const chunk of socket) {
      answer = Buffer.concat([answer, chunk as Buffer]);
      if (answer.length >= 2 && answer.length >= 2 + answer.readUInt16BE()) return answer.subarray(2);
    }
    throw new Error(`${server} answered half a message`);
  } finally {
    socket.destroy();
  }
}
