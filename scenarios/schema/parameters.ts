import * as z from "zod";
import {
  keysOf,
  type Parameter,
  type ParameterDeclarations,
  type RowsParameter,
  type Tier,
  type TiersParameter,
} from "../../engine/index.js";
import { amount, amountRao, amountTokens } from "./amount.js";
import { duration, durationMs, durationText } from "./duration.js";
import { nameSchema } from "./name.js";
import { real } from "./numbers.js";
import { choice, listOf, section } from "./section.js";

const ASCENDING = "tiers in ascending order of at_least, none twice";

/**
 * The shape of a section from the parameters that rules declare: the range, default and meaning of each are theirs.
 * @param leftOut what becomes of a parameter that is not stated: its default, if it has one, or nothing
 */
export function parameterShape(
  declarations: ParameterDeclarations,
  leftOut: "default" | "left_open" = "default",
): Readonly<Record<string, z.ZodType>> {
  const isOpen = leftOut === "left_open";
  const shape: Record<string, z.ZodType> = {};
  const sections = new Map<string, { readonly meaning: string; readonly shape: Record<string, z.ZodType> }>();
  for (const [name, parameter] of Object.entries(declarations)) {
    if (parameter.kind !== "tiers") {
      const [key] = keysOf(name, parameter);
      const otherwise = defaultWords(parameter);
      const meaning = isOpen && otherwise !== undefined ? `${parameter.meaning} Left out: ${otherwise}.` : parameter.meaning;
      shape[key] = (isOpen ? plainSchema(parameter).optional() : withDefault(parameter)).describe(meaning);
      continue;
    }
    const { key, meaning } = parameter.section;
    const inner = sections.get(key) ?? { meaning, shape: {} };
    inner.shape[parameter.key] = tiersSchema(parameter);
    sections.set(key, inner);
  }
  for (const [key, { meaning, shape: inner }] of sections) {
    shape[key] = (isOpen ? section(inner).optional() : section(inner).prefault({})).describe(meaning);
  }
  return shape;
}

type RowValue = Readonly<Record<string, number>>;
type ParameterValue = number | string | boolean | null | readonly Tier[] | readonly RowValue[];

/** What a section that was checked against the shape states for each parameter, by its name in code. */
export function parameterValues(declarations: ParameterDeclarations, stated: object): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(Object.entries(declarations).map(([name, parameter]) => [name, statedValue(name, parameter, stated)]));
}

function statedValue(name: string, parameter: Parameter, stated: object): ParameterValue {
  const value = keysOf(name, parameter).reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>>)[key], stated);
  if (parameter.kind === "time_span") return durationMs(String(value));
  if (parameter.kind === "amount") return amountRao(value as number | string);
  if (parameter.kind === "rows") return rowValues(parameter, value as readonly Readonly<Record<string, number>>[]);
  if (parameter.kind !== "tiers") return value as ParameterValue;
  return (value as readonly { at_least: number; value: number }[]).map((tier) => ({ atLeast: tier.at_least, value: tier.value }));
}

function rowValues({ columns }: RowsParameter, stated: readonly Readonly<Record<string, number>>[]): readonly RowValue[] {
  const names = Object.entries(columns).map(([name, column]) => [name, keysOf(name, column)[0]] as const);
  return stated.map((row) => Object.fromEntries(names.map(([name, key]) => [name, row[key]])));
}

function plainSchema(parameter: Exclude<Parameter, TiersParameter>): z.ZodType {
  switch (parameter.kind) {
    case "number":
      return parameter.orOff === true ? real(parameter.range).nullable() : real(parameter.range);
    case "rows":
      return rowsSchema(parameter);
    case "choice":
      return choice(Object.keys(parameter.values) as [string, ...string[]]);
    case "flag":
      return z.boolean({ error: "true, false" });
    case "time_span":
      return duration({ atLeastMs: parameter.atLeastMs });
    case "amount":
      return amount(parameter.above === undefined ? {} : { above: parameter.above });
    case "name":
      return parameter.default === null ? nameSchema.nullable() : nameSchema;
  }
}

/** A number without a default has to be stated. */
function withDefault(parameter: Exclude<Parameter, TiersParameter>): z.ZodType {
  const schema = plainSchema(parameter);
  const otherwise = defaultWords(parameter);
  return otherwise === undefined ? schema : schema.default(otherwise);
}

/** Its default as a scenario states it. */
function defaultWords(parameter: Exclude<Parameter, TiersParameter>): string | number | boolean | null | undefined {
  const { default: otherwise } = parameter;
  if (otherwise === undefined) return undefined;
  if (parameter.kind === "time_span") return durationText(Number(otherwise));
  return parameter.kind === "amount" ? amountTokens(parameter.default) : otherwise;
}

function rowsSchema({ columns, ascendingBy }: RowsParameter) {
  const shape = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [keysOf(name, column)[0], real(column.range).describe(column.meaning)]),
  );
  const ascending = ascendingBy === undefined ? undefined : keysOf(ascendingBy, columns[ascendingBy])[0];
  return listOf(section(shape), "rows").superRefine((list, context) => {
    const stated = list as readonly Readonly<Record<string, number>>[];
    if (stated.length === 0) context.addIssue({ code: "custom", path: [], message: "at least one" });
    if (ascending === undefined) return;
    stated.forEach((row, index) => {
      if (index === 0 || row[ascending] > stated[index - 1][ascending]) return;
      context.addIssue({ code: "custom", path: [index, ascending], message: `rows in ascending order of ${ascending}, none twice` });
    });
  });
}

function tiersSchema({ bound, value, default: steps, meaning }: TiersParameter) {
  const tier = section({
    at_least: real(bound.range).describe(bound.meaning),
    value: real(value.range).describe(value.meaning),
  });
  return listOf(tier, "tiers")
    .superRefine((list, context) => {
      list.forEach(({ at_least }, index) => {
        if (index === 0 || at_least > list[index - 1].at_least) return;
        context.addIssue({ code: "custom", path: [index, "at_least"], message: ASCENDING });
      });
    })
    .default(steps.map((step) => ({ at_least: step.atLeast, value: step.value })))
    .describe(meaning);
}
