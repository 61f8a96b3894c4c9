import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Server } from "node:net";
import type { Account } from "./account/account.ts";
import type { Authority } from "./machines/authority.ts";
import { instanceCredentials } from "./machines/credentials.ts";
import { type Front, front } from "./machines/front.ts";
import { listenIn } from "./machines/listen.ts";
import { metadataService } from "./machines/metadata.ts";
import { AWS, METADATA } from "./network/addresses.ts";
import type { Fabric } from "./network/fabric.ts";

export interface ServicesOptions {
  readonly fabric: Fabric;
  readonly authority: Authority;
  readonly base: string;
  readonly endpoint: string;
  readonly region: string;
  /** The account as it is now. */
  readonly account: () => Account;
}

/** What AWS runs for everybody: the instance metadata service within the networks, and its endpoints on the internet. */
export class Services {
  readonly front: Front;
  readonly #listeners: Server[] = [];

  private constructor(front: Front) {
    this.front = front;
  }

  static async start({ fabric, authority, base, endpoint, region, account }: ServicesOptions): Promise<Services> {
    const services = new Services(front({ endpoint, authority, base }));
    const metadata = createHttpServer(
      metadataService({ account, credentialsOf: instanceCredentials(endpoint, region) }),
    );
    const { http, https } = services.front;
    await Promise.all([
      services.#listen(fabric.namespace, METADATA, 80, metadata),
      ...[AWS.s3, AWS.other].flatMap((address) => [
        services.#listen(fabric.outside, address, 80, http),
        services.#listen(fabric.outside, address, 443, https),
      ]),
    ]);
    return services;
  }

  /** Has AWS's endpoints answer at an address within a network too. Ends by closing what it answers with. */
  async answerAt(namespace: string, address: string): Promise<Server> {
    return serve(await listenIn(namespace, address, 443), this.front.https);
  }

  stop(): void {
    for (const listener of this.#listeners) listener.close();
    this.front.http.closeAllConnections();
    this.front.https.closeAllConnections();
  }

  async #listen(namespace: string, address: string, port: number, server: HttpServer | HttpsServer): Promise<void> {
    this.#listeners.push(serve(await listenIn(namespace, address, port), server));
  }
}

function serve(listener: Server, server: HttpServer | HttpsServer): Server {
  return listener.on("connection", (socket) => server.emit("connection", socket));
}
