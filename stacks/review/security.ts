import { architectureIs, type Condition, impossible, isOn, judge, type Pitfall } from "./pitfall.ts";
import { plainListeners, publicBalancers, SERVER, targets } from "./resources.ts";

const plainHttp: Pitfall = {
  name: "plain-http",
  severity: "high",
  find: (settings) => {
    const conditions = [architectureIs(settings, "secured")];
    if (settings.architecture === "simple") {
      const because =
        "Visitors come by HTTP. The server answers on 443 too, but with a certificate that it made itself.";
      return judge(conditions, because, [SERVER]);
    }
    if (settings.architecture === "distributed") {
      return judge(conditions, "Visitors come by HTTP, and nothing answers on 443.", plainListeners(settings));
    }
    const { hstsSeconds } = settings.tls;
    const hsts = hstsSeconds > 0 ? `, and browsers insist on that for ${hstsSeconds} seconds` : "";
    return judge(conditions, `HTTP is answered with a redirect to HTTPS${hsts}.`, plainListeners(settings));
  },
};

const tlsEndsAtLoadBalancer: Pitfall = {
  name: "tls-ends-at-load-balancer",
  severity: "high",
  find: (settings) => {
    if (settings.architecture === "simple") {
      return impossible("There is no load balancer: behind the web server nothing leaves the machine.");
    }
    if (settings.architecture === "distributed") {
      const because = "Behind the load balancer everything but SQL is plain, as it is before it.";
      return judge([architectureIs(settings, "secured")], because, targets(settings));
    }
    const { encryption } = settings.tls;
    const condition: Condition = {
      setting: "tls.encryption",
      rule: "end-to-end",
      value: encryption,
      holds: encryption === "end-to-end",
      to: "end-to-end",
    };
    const because =
      encryption === "edge"
        ? "TLS ends at the public load balancer. Web servers, the inner load balancer and the application are reached by plain HTTP."
        : "Each hop up to the database has TLS of its own.";
    return judge([condition], because, targets(settings));
  },
};

const noFirewall: Pitfall = {
  name: "no-firewall",
  severity: "medium",
  find: (settings) => {
    const unseen = "Security groups close every way that a request does not take, but nothing looks into the requests.";
    if (settings.architecture === "simple") return judge([architectureIs(settings, "secured")], unseen, [SERVER]);
    const balancers = publicBalancers(settings);
    if (settings.architecture === "distributed") return judge([architectureIs(settings, "secured")], unseen, balancers);
    const { waf, requestsPerFiveMinutes } = settings.protection;
    const because = waf
      ? `A web application firewall looks into each request, and stops addresses with more than ${requestsPerFiveMinutes} in five minutes.`
      : unseen;
    return judge([isOn("protection.waf", waf)], because, balancers);
  },
};

export const securityPitfalls: readonly Pitfall[] = [plainHttp, tlsEndsAtLoadBalancer, noFirewall];
