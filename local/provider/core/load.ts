/** Finds a provider's schema and code on disk: `schema/<service>.json`, and `<service>/<name>.ts` for `pkg:service/name:Name`. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyFunction, AnyResource } from "./resource.ts";
import type { FunctionSchema, Property, ProviderSchema, TypeSchema } from "./schema.ts";

type Properties = Record<string, Property>;

interface Data {
  /** Properties that several places of the file share. */
  shapes?: Record<string, Properties>;
  types?: Record<string, TypeSchema>;
  functions?: Record<string, FunctionSchema>;
}

interface Loaded<C> {
  schema: ProviderSchema;
  resources: Record<string, () => Promise<AnyResource<C>>>;
  functions: Record<string, () => Promise<AnyFunction<C>>>;
}

/** Reads every schema file at once (they are small) and the code of a type when it is first used (its SDK is not). */
export function load<C>(directory: string, config: Readonly<Record<string, Property>>): Loaded<C> {
  const types: Record<string, TypeSchema> = {};
  const functions: Record<string, FunctionSchema> = {};
  for (const file of readdirSync(path.join(directory, "schema"))) {
    const data: Data = JSON.parse(readFileSync(path.join(directory, "schema", file), "utf8"));
    unfold(data);
    Object.assign(types, data.types);
    Object.assign(functions, data.functions);
  }
  return {
    schema: { config, types, functions },
    resources: loaders<AnyResource<C>>(directory, Object.keys(types)),
    functions: loaders<AnyFunction<C>>(directory, Object.keys(functions)),
  };
}

/** Puts shapes where they are named. One may hold itself (conditions nest), so what comes of it can go round in circles. */
function unfold({ shapes = {}, types = {} }: Data): void {
  const put = (properties: Readonly<Properties>): void => {
    for (const property of Object.values(properties) as { properties?: Properties; shape?: string }[]) {
      if (property.shape) property.properties = shapes[property.shape];
      else put(property.properties ?? {});
    }
  };
  for (const shape of Object.values(shapes)) put(shape);
  for (const { properties } of Object.values(types)) put(properties);
}

function loaders<T>(directory: string, tokens: readonly string[]): Record<string, () => Promise<T>> {
  const importing = async (token: string): Promise<T> => {
    const [, module = ""] = token.split(":");
    const loaded = await import(pathToFileURL(path.join(directory, `${module}.ts`)).href);
    return loaded.default;
  };
  return Object.fromEntries(tokens.map((token) => [token, () => importing(token)]));
}
