import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../../components/account.ts";
import type { Tagger } from "../../components/tagger.ts";

/** Tags that tell which part they were asked for. */
export const TAGS: Tagger = { named: (part) => tagsOf(part), forObject: () => ({ object: "yes" }) };

export const tagsOf = (part: string): Record<string, string> => ({ part });

/** The value of an output. */
export const unwrap = <T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> =>
  new Promise((resolve) => pulumi.output(value).apply(resolve));

/** The account of the fixtures. */
export const ACCOUNT: Account = { id: "123456789012", partition: "aws", region: "eu-central-1" };

/** A value as the engine gets it when it is to keep it a secret. */
export const secret = (value: unknown) => ({
  [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
  value,
});
