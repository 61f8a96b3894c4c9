import { targetsOf } from "../../policy/graph/users.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import type { Values } from "../../policy/model/values.ts";
import type { Hop } from "./picture.ts";
import { told } from "./scene.ts";

/** The first and the last port of a rule of a firewall; missing where it is about all. */
export type Ports = readonly [first: number, last: number] | undefined;

/** How something is spoken to on a port: as its listeners, the groups of targets or the parameters of the database say. */
export function hopTo(to: Resource, ports: Ports, from: Resource | undefined): Hop {
  if (to.type === TYPES.loadBalancer) return worst(listenersOn(to, ports).map(hopOfListener));
  if (to.type === TYPES.database) return demandsTls(to) ? "tls" : "unsaid";
  const targets = from?.type === TYPES.loadBalancer ? targetsOf(from).filter((each) => isWithin(each, ports)) : [];
  if (targets.length > 0) return worst(targets.map((each) => byProtocol(told(() => each.text("protocol"), undefined))));
  return byConvention(ports);
}

const listenersOn = (balancer: Resource, ports: Ports): readonly Resource[] =>
  balancer.usedBy(TYPES.listener, "loadBalancerArn").filter((each) => isWithin(each, ports));

function isWithin(listening: Values, ports: Ports): boolean {
  const port = told(() => listening.number("port"), undefined);
  return port !== undefined && (ports === undefined || (ports[0] <= port && port <= ports[1]));
}

function hopOfListener(listener: Resource): Hop {
  const hop = byProtocol(told(() => listener.text("protocol"), undefined));
  const actions = told(() => listener.each("defaultActions"), []);
  const leads = actions.some((action) => told(() => action.text("redirect.protocol"), undefined) === "HTTPS");
  return hop === "plain" && leads ? "redirect" : hop;
}

const byProtocol = (protocol: string | undefined): Hop =>
  protocol === "HTTPS" || protocol === "TLS" ? "tls" : protocol === "HTTP" ? "plain" : "unsaid";

/** What IANA registered the ports of the web for. */
const byConvention = (ports: Ports): Hop => {
  if (ports === undefined || ports[0] !== ports[1]) return "unsaid";
  return ports[0] === 443 ? "tls" : ports[0] === 80 ? "plain" : "unsaid";
};

const ORDER: readonly Hop[] = ["plain", "unsaid", "redirect", "tls"];

/** The least protected of several hops; of none nothing can be said. */
export const worst = (hops: readonly Hop[]): Hop => ORDER.find((hop) => hops.includes(hop)) ?? "unsaid";

/** Parameters by which a database refuses connections without TLS. Source: RDS user guide, of MySQL, MariaDB and PostgreSQL. */
const DEMANDS: Readonly<Record<string, RegExp>> = {
  require_secure_transport: /^(1|ON)$/i,
  "rds.force_ssl": /^1$/,
};

function demandsTls(database: Resource): boolean {
  return database
    .references("parameterGroupName", TYPES.parameterGroup)
    .some((group) =>
      told(() => group.each("parameters"), []).some((parameter) =>
        told(() => DEMANDS[parameter.text("name") ?? ""]?.test(parameter.text("value") ?? ""), undefined),
      ),
    );
}
