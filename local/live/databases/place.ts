import { join } from "node:path";
import { type Appliance, startAppliance } from "../machines/appliance.ts";
import { emptyDataOf } from "./empty-data.ts";

/** Where a database's programs run. */
export interface Place {
  /** Its directory as everybody else has it. */
  readonly directory: string;
  /** The same as its programs see it. */
  readonly seenAs: string;
  run(command: readonly string[]): Promise<Appliance>;
  /** A data directory without data, to be copied. */
  emptyData(): Promise<string>;
}

export interface Namespace {
  /** Of the interface: letters, digits and dashes. */
  readonly name: string;
  readonly base: string;
  readonly namespace: string;
  readonly directory: string;
}

/** Programs of the base in a network namespace. */
export function inNamespace({ name, base, namespace, directory }: Namespace): Place {
  let started = 0;
  return {
    directory,
    seenAs: "/live",
    run: (command) => {
      started += 1;
      // A dump runs beside the server, and their names are to differ.
      const unique = started === 1 ? name : `${name}-${started}`;
      return startAppliance({ name: unique, base, namespace, directory, command });
    },
    emptyData: () => emptyDataOf(base, namespace),
  };
}

/** The paths within a database's directory, from either side. */
export function pathsIn(directory: string) {
  return {
    configuration: join(directory, "server.cnf"),
    data: join(directory, "data"),
    /** Of the socket: its server may write here. */
    run: join(directory, "run"),
    socket: join(directory, "run", "server.sock"),
    authority: join(directory, "tls", "authority.pem"),
    certificate: join(directory, "tls", "server.pem"),
    key: join(directory, "tls", "server.key"),
    seed: join(directory, "seed.sql"),
    /** Written once the data is complete: whose it is. */
    ready: join(directory, "ready"),
    /** Of the account that replicas read with. */
    replicationPassword: join(directory, "replication-password"),
  };
}
