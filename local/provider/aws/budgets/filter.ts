/** What a budget counts, in the words of the API and in those of the provider. */
import type { Expression } from "@aws-sdk/client-budgets";

/** An expression is one of these: others joined or denied, or values that something has to have. */
export interface Filter {
  readonly ands?: readonly Filter[];
  readonly ors?: readonly Filter[];
  readonly not?: Filter;
  readonly costCategories?: Values;
  readonly dimensions?: Values;
  readonly tags?: Values;
}

interface Values {
  readonly key?: string;
  readonly matchOptions?: readonly string[];
  readonly values?: readonly string[];
}

export function toExpression({ ands, ors, not, costCategories, dimensions, tags }: Filter): Expression {
  return {
    ...(ands && { And: ands.map(toExpression) }),
    ...(ors && { Or: ors.map(toExpression) }),
    ...(not && { Not: toExpression(not) }),
    ...(costCategories && { CostCategories: toValues(costCategories) }),
    ...(dimensions && { Dimensions: toValues(dimensions) as Expression["Dimensions"] }),
    ...(tags && { Tags: toValues(tags) }),
  };
}

const toValues = ({ key, matchOptions, values }: Values) => ({
  Key: key,
  Values: values && [...values],
  MatchOptions: matchOptions as Required<Expression>["Tags"]["MatchOptions"],
});

export function fromExpression({ And, Or, Not, CostCategories, Dimensions, Tags }: Expression): Filter {
  return {
    ...(And && { ands: And.map(fromExpression) }),
    ...(Or && { ors: Or.map(fromExpression) }),
    ...(Not && { not: fromExpression(Not) }),
    ...(CostCategories && { costCategories: fromValues(CostCategories) }),
    ...(Dimensions && { dimensions: fromValues(Dimensions) }),
    ...(Tags && { tags: fromValues(Tags) }),
  };
}

type ToldValues = Required<Expression>["Tags"] | Required<Expression>["Dimensions"];

const fromValues = ({ Key, MatchOptions, Values }: ToldValues): Values => ({
  key: Key,
  matchOptions: MatchOptions,
  values: Values,
});
