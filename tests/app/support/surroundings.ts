import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Application, installApplication } from "./application.ts";
import { type Authority, createAuthority } from "./certificates.ts";
import { type Cluster, PASSWORD, startCluster } from "./mariadb.ts";

/** What an integration test runs in: a temporary folder, a primary with its replica, and applications beside them. */
export class Surroundings {
  readonly directory = mkdtempSync(join(tmpdir(), "webstack-app-"));
  readonly passwordFile = join(this.directory, "password");
  readonly #applications: Application[] = [];
  #authority: Authority | undefined;
  #cluster: Cluster | undefined;
  #shared: Promise<Application> | undefined;

  async start(): Promise<void> {
    writeFileSync(this.passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
    this.#authority = await createAuthority(this.directory, "ca");
    await installApplication(this.directory);
    this.#cluster = await startCluster(this.directory, this.#authority);
  }

  get cluster(): Cluster {
    if (this.#cluster === undefined) throw new Error("The databases are not started.");
    return this.#cluster;
  }

  get authority(): Authority {
    if (this.#authority === undefined) throw new Error("There is no certificate authority yet.");
    return this.#authority;
  }

  /** Where the names of the design point to. */
  get names(): Record<string, string> {
    return { "writer.test": this.cluster.writer.address, "reader.test": this.cluster.reader.address };
  }

  application(environment: Record<string, string> = {}): Application {
    const database = {
      DATABASE_WRITER_HOST: "writer.test",
      DATABASE_READER_HOST: "reader.test",
      DATABASE_PORT: String(this.cluster.port),
      DATABASE_PASSWORD_FILE: this.passwordFile,
      DATABASE_CA_FILE: this.authority.caFile,
    };
    const application = new Application(this.directory, { ...database, ...environment }, this.names);
    this.#applications.push(application);
    return application;
  }

  /** An application of release `release-1` for the tests of a file that change nothing about it. */
  sharedApplication(): Promise<Application> {
    this.#shared ??= this.application({ APP_NAME: "release-1" }).healthy();
    return this.#shared;
  }

  async stop(): Promise<void> {
    for (const application of this.#applications) await application.stop();
    await this.#cluster?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
