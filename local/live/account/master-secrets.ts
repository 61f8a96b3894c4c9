import { GetSecretValueCommand, paginateListSecrets, type SecretListEntry } from "@aws-sdk/client-secrets-manager";
import { all } from "./clients.ts";
import { belongs, type Source } from "./source.ts";

/** A secret with the shape of one for a database: an object with `username` and `password`. */
export interface MasterSecret {
  readonly arn: string;
  readonly username: string;
  readonly password: string;
  /** Of a secret that names the instance it is for. Source: Secrets Manager user guide, JSON structure of database secrets. */
  readonly instanceIdentifier?: string;
  /** In milliseconds. */
  readonly changedAt: number;
}

/** The stack's secrets that may be a master's. A version of a secret never changes, so each is read once. */
export async function readMasterSecrets({ clients: { secrets }, kept, scope }: Source): Promise<MasterSecret[]> {
  const listed = await all(paginateListSecrets({ client: secrets }, {}), ({ SecretList }) => SecretList);
  const values = listed
    // RDS makes the secrets that it manages itself, and tags them with tags of its own.
    .filter(({ Tags, OwningService }) => belongs(Tags, scope) || OwningService === "rds")
    .map(async (entry) => {
      const version = currentOf(entry);
      if (version === undefined) return [];
      const value = await kept.get(`secret ${entry.ARN} ${version}`, () =>
        secrets.send(new GetSecretValueCommand({ SecretId: entry.ARN, VersionId: version })),
      );
      return masterSecretOf(entry, value.SecretString ?? "");
    });
  return (await Promise.all(values)).flat();
}

function currentOf({ SecretVersionsToStages = {} }: SecretListEntry): string | undefined {
  return Object.entries(SecretVersionsToStages).find(([, stages]) => stages.includes("AWSCURRENT"))?.[0];
}

export function masterSecretOf(entry: SecretListEntry, content: string): MasterSecret[] {
  const { username, password, dbInstanceIdentifier } = parsed(content);
  if (typeof username !== "string" || typeof password !== "string") return [];
  return [
    {
      arn: entry.ARN ?? "",
      username,
      password,
      ...(typeof dbInstanceIdentifier === "string" && { instanceIdentifier: dbInstanceIdentifier }),
      changedAt: entry.LastChangedDate?.getTime() ?? 0,
    },
  ];
}

function parsed(content: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // Whatever it is, it is no secret of a database.
    return {};
  }
}

interface Owner {
  readonly masterUser: string;
  readonly identifier: string;
  /** Of a password that RDS manages. */
  readonly secretArn: string | undefined;
}

/**
 * The account does not say which secret holds a master's password, unless RDS manages it. So it is the secret that names the instance, else one for its
 * user that names none. Of several the last one changed counts.
 */
export function passwordOf(owner: Owner, secrets: readonly MasterSecret[]): string | undefined {
  const { masterUser, identifier, secretArn } = owner;
  if (secretArn) return secrets.find(({ arn }) => arn === secretArn)?.password;
  const ofUser = secrets.filter(
    ({ username, instanceIdentifier = identifier }) => username === masterUser && instanceIdentifier === identifier,
  );
  const rank = ({ instanceIdentifier, changedAt }: MasterSecret): [boolean, number] => [
    instanceIdentifier !== undefined,
    changedAt,
  ];
  const [best] = ofUser.sort((a, b) => {
    const [[aNames, aChanged], [bNames, bChanged]] = [rank(a), rank(b)];
    return Number(bNames) - Number(aNames) || bChanged - aChanged;
  });
  return best?.password;
}
