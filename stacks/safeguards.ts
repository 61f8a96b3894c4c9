import type * as pulumi from "@pulumi/pulumi";
import type { HostLogs } from "../components/host-logs.ts";
import type { BalancerTls } from "../components/listeners.ts";
import type { ApplicationCertificate } from "../machines/web-server.ts";
import type { Encryption } from "./paths.ts";

/** What has servers. */
export type ServerTier = "web" | "app";

/** What the secured architecture adds to the tiers of the distributed one. Without any of it they are those of the distributed one. */
export interface Safeguards {
  readonly encryption: Encryption;
  /** TLS of the load balancer that visitors reach. */
  readonly publicTls?: BalancerTls;
  /** TLS of the load balancer before the application, where encryption is end-to-end. */
  readonly innerTls?: BalancerTls;
  /** How web servers know the load balancer before the application. */
  readonly applicationCertificate?: pulumi.Input<ApplicationCertificate>;
  /** A bucket that all load balancers may write to. */
  readonly accessLogBucket?: pulumi.Input<string>;
  /** The key of all log groups. */
  readonly logKmsKeyArn?: pulumi.Input<string>;
  /** Where hosts write their logs, which are watched then. */
  readonly hostLogs?: HostLogs<ServerTier>;
}

export const NO_SAFEGUARDS: Safeguards = { encryption: "none" };
