import type { TargetHealth } from "./health.ts";

/** What the emulator knows and AWS tells nobody (local/cloud/inside.py). */

/** @returns an imported certificate with its chain and its private key, as PEM */
export async function importedCertificate(endpoint: string, arn: string): Promise<string> {
  const { certificate, chain, privateKey } = await ask(
    `${endpoint}/webstack/certificate?arn=${encodeURIComponent(arn)}`,
  );
  return [certificate, chain, privateKey]
    .map((pem = "") => pem.trim())
    .filter(Boolean)
    .join("\n")
    .concat("\n");
}

/** All that is known of a network's targets, which counts until the lease ends or the next report comes. */
export interface HealthReport {
  readonly networkId: string;
  readonly leaseSeconds: number;
  readonly targets: readonly TargetHealth[];
}

export async function reportHealth(
  endpoint: string,
  { networkId, leaseSeconds, targets }: HealthReport,
): Promise<void> {
  const groups = Object.groupBy(targets, ({ targetGroupArn }) => targetGroupArn);
  await ask(`${endpoint}/webstack/target-health`, {
    method: "POST",
    body: JSON.stringify({ networkId, leaseSeconds, groups }),
  });
}

async function ask(url: string, request: RequestInit = {}): Promise<Record<string, string>> {
  const response = await fetch(url, request);
  const told = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new Error(`The emulator refuses ${url}: ${told.message}`);
  return told;
}
