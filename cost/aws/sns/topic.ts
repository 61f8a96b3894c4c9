import { used } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";

export default {
  usage: {
    requests: "messages published, in parts of 64 KB",
    httpMessages: "messages delivered by HTTP",
    emailMessages: "messages delivered by mail",
  },
  lines: (_, context) => [
    used(context, { item: "requests", key: "sns/requests", usage: "requests", per: 1e-6 }),
    used(context, { item: "messages by HTTP", key: "sns/http", usage: "httpMessages", per: 1e-5 }),
    used(context, { item: "messages by mail", key: "sns/email", usage: "emailMessages", per: 1e-5 }),
  ],
} satisfies Pricing;
