/**
 * Sets things right after the engine was killed in the middle of an operation: what was created and never reached the
 * engine's state is removed, so that nothing is made twice and nothing is left behind.
 */
import { messageOf } from "./errors.ts";
import type { Entry } from "./journal.ts";
import type { Lifecycle } from "./lifecycle.ts";

/** The part of an exported stack (`pulumi stack export`) that matters here. */
export interface Deployment {
  readonly resources?: readonly { readonly urn: string; readonly type: string; readonly id?: string }[];
  readonly pending_operations?: readonly { readonly resource: { readonly urn: string }; readonly type: string }[];
}

/**
 * Removes, youngest first, what the journal knows and the state does not. Answers with a line for each, for people to read.
 *
 * @throws when something cannot be removed; the journal is then still needed.
 */
export async function removeOrphans<C>(
  lifecycle: Lifecycle<C>,
  journal: readonly Entry[],
  deployment: Deployment,
): Promise<string[]> {
  const owned = new Set(deployment.resources?.map(({ type, id }) => `${type} ${id}`));
  const lines: string[] = [];
  for (const entry of journal.toReversed()) {
    if (entry.id && owned.has(`${entry.type} ${entry.id}`)) continue;
    const line = await remove(lifecycle, entry, owned);
    if (line) lines.push(line);
  }
  return lines;
}

async function remove<C>(
  lifecycle: Lifecycle<C>,
  entry: Entry,
  owned: ReadonlySet<string>,
): Promise<string | undefined> {
  const name = entry.urn.split("::").at(-1) ?? "";
  const request = { urn: entry.urn, type: entry.type, name };
  const id = entry.id ?? (await lifecycle.findLost(request, entry));
  if (!id || owned.has(`${entry.type} ${id}`)) return undefined;
  const known = entry.region ? { region: entry.region } : {};
  const found = await lifecycle.read(request, id, known, {});
  if (!found) return undefined;
  try {
    await lifecycle.delete(request, id, found.state);
  } catch (error) {
    throw new Error(
      `${entry.type} ${name} (${id}) was left behind by a killed run and cannot be removed: ${messageOf(error)}`,
    );
  }
  return `removed ${id} (${entry.type} ${name}), which a killed run had created without being able to note it`;
}
