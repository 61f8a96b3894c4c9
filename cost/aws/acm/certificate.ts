import { free, hidden, unknown } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { asText, groupOf, textOf, within } from "../../read.ts";

/** Public certificates that stay with AWS's services, and imported ones, cost nothing. https://aws.amazon.com/certificate-manager/pricing/ */
export default {
  lines: (resource) => {
    const authority = textOf(resource, "certificateAuthorityArn");
    if (typeof authority === "string" && authority !== "") {
      return [unknown("private certificate", "the price book has no prices for a private authority")];
    }
    const exported = asText(within(groupOf(resource, "options"), "export"));
    if (typeof exported === "symbol") return [hidden("certificate", "options.export", exported)];
    if (exported === "ENABLED") {
      return [unknown("certificate for export", "the price book has no price for certificates that may leave AWS")];
    }
    return [free("certificate", "https://aws.amazon.com/certificate-manager/pricing/")];
  },
} satisfies Pricing;
