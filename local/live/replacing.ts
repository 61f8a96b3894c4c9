import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { Account } from "./account/account.ts";
import type { TargetHealth } from "./balancers/health.ts";
import { replace, replacements } from "./balancers/replacements.ts";
import type { MachineMember } from "./trades.ts";

/** Does what Amazon EC2 Auto Scaling does with instances that died or are not healthy: has the account put others in their place. Each once. */
export class Replacing {
  readonly #client: AutoScalingClient;
  readonly #replaced = new Set<string>();

  constructor(client: AutoScalingClient) {
    this.#client = client;
  }

  /** @param machines those that were started, by instance id */
  async look(
    { scalingGroups }: Account,
    health: readonly TargetHealth[],
    machines: ReadonlyMap<string, Pick<MachineMember, "startedAt" | "isDead">>,
  ): Promise<void> {
    const now = Date.now();
    for (const { instanceIds, ...group } of scalingGroups) {
      const instances = instanceIds.map((id) => {
        const { startedAt = now, isDead = false } = machines.get(id) ?? {};
        return { id, startedAt, isRunning: !isDead };
      });
      for (const id of replacements({ ...group, instances }, health, now)) {
        if (this.#replaced.has(id)) continue;
        await replace(this.#client, id);
        this.#replaced.add(id);
      }
    }
  }
}
