import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseInstance } from "./database.ts";
import { replicaHealth } from "./replica-health.ts";
import type { Tagger } from "./tagger.ts";

export interface DatabaseNamesArgs {
  /** The private zone that holds the names. */
  readonly zoneName: string;
  readonly vpcId: pulumi.Input<string>;
  readonly region: string;
  readonly writer: DatabaseInstance;
  readonly readers: readonly DatabaseInstance[];
  /** How far a replica may lag before reads avoid it. */
  readonly maximumLagSeconds: number;
  readonly tags: Tagger;
}

/** How long machines keep an address, and so how long a promotion or a lagging replica goes unnoticed by those who just asked. */
const TTL_SECONDS = 5;

/**
 * The names of the database inside the network: `writer.` is whoever takes the writes, `reader.` any replica that keeps up, or the writer while none
 * does. The records are weighted, and Route 53 turns to those of weight 0 only when all others are unhealthy. Source: Route 53 developer guide, how
 * Route 53 chooses records when health checking is configured.
 */
export class DatabaseNames extends pulumi.ComponentResource {
  readonly writerName: string;
  readonly readerName: string;
  /** The zone, for what else has a name inside the network. */
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, args: DatabaseNamesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:database-names:DatabaseNames", name, {}, opts);
    const { zoneName, vpcId, writer, readers, tags } = args;
    const owned = { parent: this };
    this.writerName = `writer.${zoneName}`;
    this.readerName = `reader.${zoneName}`;

    const { zoneId } = new aws.route53.Zone(
      `${name}-zone`,
      { name: zoneName, comment: "The database, inside the network", vpcs: [{ vpcId }], tags: tags.named(name) },
      owned,
    );
    this.zoneId = zoneId;
    const cname = { zoneId, type: "CNAME", ttl: TTL_SECONDS };
    new aws.route53.Record(`${name}-writer`, { ...cname, name: this.writerName, records: [writer.address] }, owned);
    const reader = (setIdentifier: string, weight: number, address: pulumi.Output<string>) => ({
      ...cname,
      name: this.readerName,
      setIdentifier,
      weightedRoutingPolicies: [{ weight }],
      records: [address],
    });
    new aws.route53.Record(`${name}-reader-writer`, reader("writer", 0, writer.address), owned);
    for (const { slot, identifier, address } of readers) {
      const healthCheckId = replicaHealth(`${name}-${slot}`, identifier, args, owned);
      new aws.route53.Record(`${name}-reader-${slot}`, { ...reader(slot, 1, address), healthCheckId }, owned);
    }
    this.registerOutputs({ writerName: this.writerName, readerName: this.readerName });
  }
}
