import { GetProductsCommand, type PricingClient } from "@aws-sdk/client-pricing";
import type { Query } from "./catalogue.ts";

/** Answers a query with all products that fit, each as the text that AWS sends. */
export type PriceList = (query: Query) => Promise<readonly string[]>;

/** AWS's Price List API. Needs `pricing:GetProducts`, and answers in us-east-1 and ap-south-1 only. */
export function priceListOf(client: Pick<PricingClient, "send">): PriceList {
  return async ({ service, attributes, usageTypes }) => {
    const asked =
      usageTypes.length === 0 ? [attributes] : usageTypes.map((usagetype) => ({ ...attributes, usagetype }));
    const found: string[] = [];
    for (const filters of asked) found.push(...(await productsOf(client, service, filters)));
    return found;
  };
}

async function productsOf(
  client: Pick<PricingClient, "send">,
  service: string,
  attributes: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const Filters = Object.entries(attributes).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value }));
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetProductsCommand({ ServiceCode: service, Filters, FormatVersion: "aws_v1", MaxResults: 100, NextToken }),
    );
    found.push(...(page.PriceList ?? []).map(String));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
