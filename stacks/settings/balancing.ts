import { z } from "zod";
import { choice, flag, integer, text } from "./scalars.ts";

const healthCheck = z
  .strictObject({
    path: text((value) => /^\/[\x21-\x7e]{0,1023}$/.test(value), {
      description: "What the load balancer asks a server for.",
      example: "/healthz",
      rule: "a path that starts with / and holds neither spaces nor control characters",
    }).default("/healthz"),
    intervalSeconds: integer(5, 300, { description: "Time between two checks.", example: "10" }).default(10),
    timeoutSeconds: integer(2, 120, { description: "How long an answer may take.", example: "5" }).default(5),
    healthyChecks: integer(2, 10, { description: "Good answers in a row before a server is used." }).default(2),
    unhealthyChecks: integer(2, 10, { description: "Bad answers in a row before it is left out." }).default(3),
  })
  .prefault({});

/** Limits are those of Application Load Balancers. */
const balancing = {
  algorithm: choice(["round-robin", "least-connections", "ip-hash"], {
    description:
      "Which server takes the next request. ip-hash keeps a client on its web server, by a cookie rather than by its address.",
  }).default("round-robin"),
  mode: choice(["active-active", "active-passive"], {
    description:
      "Whether all servers serve, or a second set of load balancers and servers, of the same size, stands by until the first one fails.",
  }).default("active-active"),
  stickinessSeconds: integer(1, 604_800, {
    description: "How long ip-hash keeps a client on its server.",
    example: "86400",
  }).default(86_400),
  slowStartSeconds: integer(0, 900, {
    description: "How long a new server is given a growing share of the requests. 0 turns it off.",
    example: "30",
  }).default(0),
  drainSeconds: integer(5, 3600, {
    description: "How long a server that leaves may finish its requests.",
    example: "30",
  }).default(30),
  idleTimeoutSeconds: integer(1, 4000, {
    description: "When a silent connection is closed.",
    example: "60",
  }).default(60),
  healthCheck,
};

/** How requests are spread. */
export const loadBalancing = z.strictObject(balancing).prefault({});

/** The same with a record of every request. */
export const recordedBalancing = z
  .strictObject({
    ...balancing,
    accessLogs: flag({ description: "Whether every request is logged to a bucket." }).default(true),
  })
  .prefault({});
