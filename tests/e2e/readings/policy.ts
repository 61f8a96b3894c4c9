import { plain } from "./tags.ts";

interface Statement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** Each statement of a policy: `Allow logs.eu-west-1.amazonaws.com kms:Encrypt on *`, and `if` what. That of a role names no principal. */
export function statements(policy = "{}"): string[] {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: readonly Statement[] };
  return Statement.map(({ Effect, Principal = {}, Action, Resource, Condition }) => {
    const who = typeof Principal === "string" ? [Principal] : Object.values(Principal).flat();
    const when = Condition ? ` if ${JSON.stringify(Condition)}` : "";
    return plain(`${[Effect, ...who].join(" ")} ${[Action].flat()} on ${[Resource].flat()}${when}`);
  });
}
