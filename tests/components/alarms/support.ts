import type { AlarmDefinition, Watch } from "../../../components/alarms/definition.ts";

export const namesOf = ({ alarms }: Watch): string[] => alarms.map(({ name }) => name);

/** An alarm without its words, which docs/alarms.md is tested to have. */
export function numbersOf({ alarms }: Watch, name: string): Omit<AlarmDefinition, "means" | "act" | "name"> {
  const found = alarms.find((alarm) => alarm.name === name);
  if (found === undefined) throw new Error(`no alarm ${name} among ${alarms.map((alarm) => alarm.name).join(", ")}`);
  const { means: _means, act: _act, name: _name, ...numbers } = found;
  return numbers;
}
