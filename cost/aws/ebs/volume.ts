import { exactly } from "../../lines.ts";
import type { Pricing } from "../../pricing.ts";
import { numberOf, textOf } from "../../read.ts";
import { volumeLines } from "../volumes.ts";

export default {
  lines: (resource, context) =>
    volumeLines(
      context,
      {
        item: "volume",
        type: textOf(resource, "type"),
        usualType: "gp2",
        size: numberOf(resource, "size"),
        iops: numberOf(resource, "iops"),
        throughput: numberOf(resource, "throughput"),
      },
      exactly(1),
    ),
} satisfies Pricing;
