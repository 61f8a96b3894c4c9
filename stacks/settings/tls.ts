import { z } from "zod";
import { choice, flag, integer } from "./scalars.ts";

/** Encryption between the client and the database. */
export const tls = z
  .strictObject({
    encryption: choice(["edge", "end-to-end"], {
      description: "Where TLS ends: at the public load balancer, or at each server and the database.",
      example: "end-to-end",
    }).default("end-to-end"),
    certificate: choice(["acm", "own-ca"], {
      description: "Who signs: ACM for a public domain, or an authority of this stack where the domain is not public.",
    }).default("acm"),
    policy: choice(
      [
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        "ELBSecurityPolicy-TLS13-1-3-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      ],
      { description: "Protocol versions and ciphers of the load balancers." },
    ).default("ELBSecurityPolicy-TLS13-1-2-2021-06"),
    hstsSeconds: integer(0, 63_072_000, {
      description: "How long browsers insist on HTTPS. 0 tells them to forget that they did.",
      example: "31536000",
    }).default(31_536_000),
    waitForValidation: flag({
      description: "Whether an update waits for the certificate. Turn it off until the registrar delegates a new zone.",
    }).default(true),
  })
  .prefault({});
