import * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "../../components/tagger.ts";

/** Tags that tell which part they were asked for. */
export const TAGS: Tagger = { named: (part) => tagsOf(part), forObject: () => ({ object: "yes" }) };

export const tagsOf = (part: string): Record<string, string> => ({ part });

/** The value of an output. */
export const unwrap = <T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> =>
  new Promise((resolve) => pulumi.output(value).apply(resolve));
