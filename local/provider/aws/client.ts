/** AWS clients, one per service and region, made when first used. */
import type { Call } from "../core/resource.ts";
import type { Settings } from "./configuration.ts";

/** What every client of the AWS SDK takes. */
interface ClientOptions {
  region: string;
  endpoint: string;
  maxAttempts: number;
  credentials?: Settings["credentials"];
}

type ClientClass<T> = new (options: ClientOptions) => T;

export class Aws {
  readonly settings: Settings;
  readonly #clients = new Map<string, unknown>();

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** The client of a service, in the region where the resource lives. */
  client<T>(service: string, Client: ClientClass<T>, region = this.settings.region, extra: object = {}): T {
    const key = `${service} ${region} ${JSON.stringify(extra)}`;
    const known = this.#clients.get(key);
    if (known) return known as T;
    const { credentials, maxAttempts } = this.settings;
    const endpoint = this.settings.endpointOf(service);
    const made = new Client({ region, endpoint, maxAttempts, ...(credentials ? { credentials } : {}), ...extra });
    this.#clients.set(key, made);
    return made;
  }
}

export type AwsCall = Call<Aws>;
