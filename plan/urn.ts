/** `urn:pulumi:STACK::PROJECT::TYPE$TYPE::NAME`: the type is the last one of the path of types. Source: pulumi/pulumi, resource/urn. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The logical name, which may have colons itself. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

export const stackOf = (urn: string): string | undefined => urn.split("::")[0]?.split(":")[2];
