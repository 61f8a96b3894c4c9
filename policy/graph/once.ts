import type { Model } from "../model/model.ts";

/** What follows from a model as a whole: worked out when a rule first asks for it, and not again for each resource. */
export function oncePerModel<Derived>(derive: (model: Model) => Derived): (model: Model) => Derived {
  const known = new WeakMap<Model, { readonly derived: Derived }>();
  return (model) => {
    const { derived } = known.get(model) ?? { derived: derive(model) };
    known.set(model, { derived });
    return derived;
  };
}
