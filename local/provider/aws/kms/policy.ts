/** Key policies. */

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | { readonly AWS?: string | readonly string[] };
}

/** True for a policy by which nobody of the account could change it again, which AWS refuses. Conditions are not weighed. */
export function locksOut(policy: string, account: string): boolean {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  return ![Statement].flat().some((statement) => allowsChange(statement, account));
}

function allowsChange({ Effect, Action = [], Principal = {} }: Statement, account: string): boolean {
  const actions = [Action].flat();
  const principals = typeof Principal === "string" ? [Principal] : [Principal.AWS ?? []].flat();
  return (
    Effect === "Allow" &&
    actions.some((action) => matches(action, "kms:PutKeyPolicy")) &&
    principals.some((principal) => principal === "*" || principal === account || principal.includes(`::${account}:`))
  );
}

/** Actions carry no case, and `*` stands for any letters. */
function matches(pattern: string, action: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "i").test(action);
}
