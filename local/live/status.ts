import { writeWhole } from "../cloud/files.ts";

/** What a run of `make live` is at, as its supervisor writes it down for those who look. */
export interface Status {
  /** `ready`: everything that the account holds runs, is healthy, and the site answers. */
  readonly phase: "starting" | "converging" | "ready" | "stopping";
  readonly members: readonly Member[];
  /** Availability zones of its subnets. */
  readonly zones: readonly string[];
  /** What keeps it from being ready, for people. */
  readonly problems: readonly string[];
  /** What is not the real thing here, for people. */
  readonly limits: readonly string[];
}

/** Something that runs. */
export interface Member {
  readonly name: string;
  readonly kind: "machine" | "load balancer" | "database" | "endpoint" | "name server";
  /** The tier by its tag, or what AWS runs. */
  readonly tier: string;
  readonly address: string;
  /** Such as booting, initial, healthy, unhealthy, draining, available. */
  readonly state: string;
  readonly ready: boolean;
  /** From when it was begun until it was ready first. */
  readonly readyAfterSeconds?: number;
}

/** Writes a status down where it is another than the last. */
export class StatusFile {
  readonly #file: string;
  #last = "";

  constructor(file: string) {
    this.#file = file;
  }

  write(status: Status): void {
    const text = `${JSON.stringify(status, undefined, 2)}\n`;
    if (text === this.#last) return;
    writeWhole(this.#file, text);
    this.#last = text;
  }
}
