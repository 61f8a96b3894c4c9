/** The ways in which an operation on a resource can fail, beyond what the API itself says. */

/** The API answered, but not with what the provider relies on; or a rule of the provider was broken. */
export class ProviderError extends Error {
  override name = "ProviderError";
}

/** The resource exists, but what had to follow its creation or update failed: the engine keeps it and tries again. */
export class PartialFailure extends Error {
  override name = "PartialFailure";
  readonly type: string;
  readonly id: string;
  readonly properties: Record<string, unknown>;
  constructor(type: string, id: string, properties: Record<string, unknown>, cause: unknown) {
    super(messageOf(cause), { cause });
    this.type = type;
    this.id = id;
    this.properties = properties;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** True when the API says that the thing is not there. */
export function isNotFound(error: unknown): boolean {
  return /NotFound|^NoSuch(?!Version)|DoesNotExist|Nonexistent|^404$/.test(nameOf(error));
}

/** True when the API refuses to remove a thing because another still needs it: worth trying again for a while. */
export function isInUse(error: unknown): boolean {
  return /DependencyViolation|DeleteConflict|ResourceInUse|InUseException|InUse$|AssociatedItem|OperationAborted|InvalidDBParameterGroupState/.test(
    nameOf(error),
  );
}

/** The API's own words with its code before them, as engineers search for them. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const plain = ["Error", "ProviderError", "PartialFailure", "TypeError"].includes(error.name);
  return plain ? error.message : `${error.name}: ${error.message}`;
}
