import { nameOf } from "../../plan/urn.ts";
import type { Estimate } from "../line.ts";
import { loadPricings, type Pricings, usageKeys } from "../price.ts";
import { parseYaml, readYaml, wrong } from "../yaml-file.ts";
import { UsageDocument } from "./schema.ts";

type Subject = { readonly urn: string; readonly type: string };

/** What a month is expected to bring, resource by resource. */
export interface Usage {
  /** Undefined where nobody has estimated it. */
  readonly of: (resource: Subject, key: string) => Estimate | undefined;
  /**
   * Complains about keys that a resource's type does not have, as a Refusal. Answers with the names for which there is no resource: a file may serve
   * several stacks, but a name may also be wrong.
   */
  readonly check: (resources: readonly Subject[], pricings: Pricings) => readonly string[];
}

export const NO_USAGE: Usage = { of: () => undefined, check: () => [] };

/** Reads a usage file. Throws a Refusal that names everything that is wrong with it. */
export const readUsage = (file: string): Promise<Usage> => usageOf(readYaml(file, UsageDocument), file);

export const parseUsage = (text: string, file: string): Promise<Usage> =>
  usageOf(parseYaml(text, file, UsageDocument), file);

async function usageOf({ types, resources }: UsageDocument, file: string): Promise<Usage> {
  const byType = new Map(Object.entries(types ?? {}));
  const byName = new Map(Object.entries(resources ?? {}));
  const pricings = await loadPricings(byType.keys());
  const problems = [...byType].flatMap(([type, volumes]) =>
    problemsOf(`types.${type}`, Object.keys(volumes), usageKeys(pricings, type), type),
  );
  if (problems.length > 0) throw wrong(file, problems);

  return {
    of: ({ urn, type }, key) =>
      byName.get(urn)?.[key] ?? byName.get(nameOf(urn))?.[key] ?? byType.get(type)?.[key] ?? undefined,
    check: (subjects, known) => checkNames(subjects, known),
  };

  function checkNames(subjects: readonly Subject[], known: Pricings): readonly string[] {
    if (byName.size === 0) return [];
    const typesOf = new Map<string, Set<string>>();
    for (const { urn, type } of subjects) {
      for (const name of [urn, nameOf(urn)]) typesOf.set(name, (typesOf.get(name) ?? new Set()).add(type));
    }
    const wrongKeys = [...byName].flatMap(([name, volumes]) => {
      const named = [...(typesOf.get(name) ?? [])];
      // Resources of several types may have the same name: a key has to belong to one of them.
      const keys = Object.assign({}, ...named.map((type) => usageKeys(known, type)));
      return named.length === 0 ? [] : problemsOf(`resources.${name}`, Object.keys(volumes), keys, named.join(", "));
    });
    if (wrongKeys.length > 0) throw wrong(file, wrongKeys);
    return [...byName.keys()].filter((name) => !typesOf.has(name));
  }
}

function problemsOf(
  place: string,
  given: readonly string[],
  keys: Readonly<Record<string, string>> | undefined,
  type: string,
): string[] {
  const known = Object.entries(keys ?? {}).map(([key, meaning]) => `${key} (${meaning})`);
  if (known.length === 0) return [`${place}: a ${type} is not billed by usage, or its price is not known here.`];
  return given
    .filter((key) => keys?.[key] === undefined)
    .map((key) => `${place}.${key}: a ${type} has no such usage. It has: ${known.join(", ")}.`);
}
