import { writeWhole } from "../cloud/files.ts";
import type { LiveDocument } from "./document.ts";
import type { LiveFiles } from "./files.ts";
import { NOT_HERE } from "./machines/front.ts";
import type { Fabric } from "./network/fabric.ts";
import type { Internet } from "./outside/internet.ts";
import type { Reach } from "./outside/loopback.ts";
import { membersOf, type Observed, partsOf, problemsOf } from "./report.ts";
import { type Site, siteOf, whatIsWrong } from "./site.ts";
import { type Status, StatusFile } from "./status.ts";

export interface PublicationOptions {
  readonly files: LiveFiles;
  readonly fabric: Fabric;
  readonly internet: Internet;
  readonly reach: Readonly<Record<"https" | "http" | "dns", Reach>>;
}

const NOTHING: Status = { phase: "starting", members: [], zones: [], problems: [], limits: [] };

/** Writes down what runs and how to reach it, for people and for tools. */
export class Publication {
  readonly #options: PublicationOptions;
  readonly #began = Date.now();
  readonly #readyAfter = new Map<string, number>();
  readonly #status: StatusFile;
  #last = NOTHING;

  constructor(options: PublicationOptions) {
    this.#options = options;
    this.#status = new StatusFile(options.files.status);
  }

  async publish(observed: Observed): Promise<void> {
    const { files, fabric, internet, reach } = this.#options;
    const { account, placement, authorities } = observed;
    const site = siteOf(account);
    const members = membersOf(observed, (name, ready) => this.#readyTime(name, ready));
    const problems = problemsOf(observed, members);
    if (problems.length === 0 && site) problems.push(...(await problemsOfSite(internet, site, authorities)));
    const document: LiveDocument = {
      ...reach,
      domain: site?.domain ?? "",
      certificate: site?.certificate ?? "none",
      caFile: files.authorities,
      ...partsOf(observed, members, fabric),
    };
    writeWhole(files.authorities, authorities);
    writeWhole(files.live, `${JSON.stringify(document, undefined, 2)}\n`);
    this.#write({
      phase: problems.length === 0 ? "ready" : "converging",
      members,
      zones: [...new Set(placement.plan.subnets.map(({ zone }) => zone))].sort(),
      problems,
      limits: [
        ...NOT_HERE.map(({ what }) => `${what} is not here, and machines say so in their logs.`),
        ...account.unsupported.map(({ what, why }) => `${what}: ${why}`),
      ],
    });
  }

  /** What could not even be looked at. */
  trouble(message: string): void {
    this.#write({ ...this.#last, phase: "converging", problems: [message] });
  }

  end(): void {
    this.#write({ ...NOTHING, phase: "stopping" });
  }

  #write(status: Status): void {
    this.#last = status;
    this.#status.write(status);
  }

  #readyTime(name: string, ready: boolean): number | undefined {
    if (ready && !this.#readyAfter.has(name)) this.#readyAfter.set(name, (Date.now() - this.#began) / 1_000);
    return this.#readyAfter.get(name);
  }
}

async function problemsOfSite(internet: Internet, site: Site, authorities: string): Promise<string[]> {
  const wrong = await whatIsWrong(internet, site, authorities);
  return wrong === undefined ? [] : [`${site.domain} does not answer as it should: ${wrong}.`];
}
