import { z } from "zod";
import { flag, integer, list, text } from "./scalars.ts";

function deletion(fallback: boolean) {
  return flag({
    description:
      "Whether what holds data or names (zone, database, releases, load balancer, keys) refuses to be deleted. " +
      "Turn it off in an update of its own before `pulumi destroy`.",
  }).default(fallback);
}

/** Protection of a site that can be thrown away. */
export const plainProtection = z.strictObject({ deletion: deletion(false) }).prefault({});

/** Protection of a site that must stay. */
export const fullProtection = z
  .strictObject({
    deletion: deletion(true),
    waf: flag({ description: "Whether a web application firewall stands before the site." }).default(true),
    requestsPerFiveMinutes: integer(10, 20_000_000, {
      description: "Requests of one address in five minutes before the firewall blocks it.",
      example: "2000",
    }).default(2000),
    require: flag({
      description:
        "Whether a pitfall of high or medium severity that is present and not waived stops the update before anything is created.",
    }).default(true),
    waivers: list(
      text((value) => /^[a-z]+(-[a-z]+)*$/.test(value), {
        description: "A pitfall.",
        example: "single-writer",
        rule: "the name of a pitfall, as the output `review` shows it",
      }),
      20,
      { description: "Pitfalls that are accepted." },
    ).default([]),
  })
  .prefault({});
