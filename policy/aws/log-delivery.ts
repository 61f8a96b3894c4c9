import type { Statement } from "./document.ts";
import { takesIn } from "./permissions.ts";

/** Who writes the access logs of application load balancers. Source: Elastic Load Balancing user guide, access logs. */
const SERVICE = "logdelivery.elasticloadbalancing.amazonaws.com";

/** The accounts that wrote them before there was that name, and still do in the regions of that time. Source: the same page. */
const ACCOUNTS = new Set([
  "127311923021", // us-east-1
  "033677994240", // us-east-2
  "027434742980", // us-west-1
  "797873946194", // us-west-2
  "098369216593", // af-south-1
  "754344448648", // ap-east-1
  "718504428378", // ap-south-1
  "582318560864", // ap-northeast-1
  "600734575887", // ap-northeast-2
  "383597477331", // ap-northeast-3
  "114774131450", // ap-southeast-1
  "783225319266", // ap-southeast-2
  "589379963580", // ap-southeast-3
  "985666609251", // ca-central-1
  "054676820928", // eu-central-1
  "897822967062", // eu-north-1
  "635631232127", // eu-south-1
  "156460612806", // eu-west-1
  "652711504416", // eu-west-2
  "009996457667", // eu-west-3
  "076674570225", // me-south-1
  "507241528517", // sa-east-1
  "048591011584", // us-gov-west-1
  "190560391635", // us-gov-east-1
  "638102146993", // cn-north-1
  "037604701340", // cn-northwest-1
]);

/** Where an application load balancer writes its logs in a bucket: below the prefix that it is given. */
export function logPlace(prefix: string | undefined): string {
  return `${prefix ? `${prefix}/` : ""}AWSLogs/`;
}

/** Whether statements of a bucket's policy let application load balancers write to a place in it. */
export function letsLogsIn(statements: readonly Statement[], place: string): boolean {
  return statements.some(
    ({ allows, actions, resources, principals }) =>
      allows &&
      actions.some((action) => takesIn(action, "s3:PutObject")) &&
      resources.some((resource) => isBelow(resource, place)) &&
      ((principals.Service ?? []).includes(SERVICE) || (principals.AWS ?? []).some(isLoadBalancing)),
  );
}

/** Whether a pattern of objects, as `arn:aws:s3:::logs/AWSLogs/*`, and a place have anything in common. */
function isBelow(pattern: string, place: string): boolean {
  const slash = pattern.indexOf("/");
  if (slash === -1) return pattern.endsWith("*");
  const [start = ""] = pattern.slice(slash + 1).split("*");
  return start.startsWith(place) || (pattern.includes("*") && place.startsWith(start));
}

/** An account is named by its number alone, or as `arn:aws:iam::127311923021:root`. */
function isLoadBalancing(principal: string): boolean {
  return ACCOUNTS.has(/^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal);
}
