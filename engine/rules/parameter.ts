import { TenureError } from "../kernel/errors.js";
import { isRao } from "../kernel/money.js";
import { snakeCase } from "../kernel/names.js";
import { type NumberRange, requireThat, requireWithin } from "../kernel/ranges.js";

/** A step of a rule: from a bound on it counts a value. */
export interface Tier {
  /** Inclusive lower bound. */
  readonly atLeast: number;
  readonly value: number;
}

interface Described {
  /** Empty for what has none. */
  readonly unit: string;
  /** What it means, for the schema and the reference. */
  readonly meaning: string;
  /** Code of the refusal of a value outside its range. */
  readonly code: string;
}

/** A number of a rule. */
export interface NumberParameter extends Described {
  readonly kind: "number";
  readonly range: NumberRange;
  /** Left out: it has to be stated. Null: switched off, where it may be. */
  readonly default?: number | null;
  /** May it be null, which switches off what it is for? */
  readonly orOff?: true;
}

/** Steps of a rule, in ascending order of their bounds. In a scenario they stand in a section of their own. */
export interface TiersParameter extends Described {
  readonly kind: "tiers";
  readonly section: { readonly key: string; readonly meaning: string };
  /** Key in the section. */
  readonly key: string;
  readonly bound: { readonly range: NumberRange; readonly meaning: string };
  readonly value: { readonly range: NumberRange; readonly meaning: string };
  readonly default: readonly Tier[];
}

/** Rows of numbers, at least one. */
export interface RowsParameter<C extends Readonly<Record<string, NumberParameter>> = Readonly<Record<string, NumberParameter>>>
  extends Described {
  readonly kind: "rows";
  /** By name in code; each has to be stated. */
  readonly columns: C;
  /** The column by which rows ascend, none twice; left out: they stand in any order. */
  readonly ascendingBy?: string;
  /** They have to be stated. */
  readonly default?: undefined;
}

/** One of several words. */
export interface ChoiceParameter<V extends string = string> extends Described {
  readonly kind: "choice";
  /** Each with its meaning. */
  readonly values: Readonly<Record<V, string>>;
  readonly default: V;
}

/** Yes or no. */
export interface FlagParameter extends Described {
  readonly kind: "flag";
  readonly default: boolean;
}

/** A time span, in milliseconds; its name in code ends in `Ms`, which its key in a scenario does not. */
export interface TimeSpanParameter extends Described {
  readonly kind: "time_span";
  readonly atLeastMs: number;
  /** Left out: it has to be stated. */
  readonly default?: number;
}

/** An amount of tokens, in rao; its name in code ends in `Rao`, which its key in a scenario does not. */
export interface AmountParameter extends Described {
  readonly kind: "amount";
  /** 0: it may not be 0. */
  readonly above?: 0;
  readonly default: number;
}

/** The name of something else in the scenario. */
export interface NameParameter<Missing extends null | undefined = null | undefined> extends Described {
  readonly kind: "name";
  /** What it names, as whoever takes it knows: "validator". */
  readonly of: string;
  /** Null: it may be left out. Undefined: it has to be stated. */
  readonly default: Missing;
}

export type Parameter =
  | NumberParameter
  | RowsParameter
  | TiersParameter
  | ChoiceParameter
  | FlagParameter
  | TimeSpanParameter
  | AmountParameter
  | NameParameter;

/** The parameters of a rule by their names in code: `retentionTarget` is `retention_target` in a scenario. */
export type ParameterDeclarations = Readonly<Record<string, Parameter>>;

type ValueOf<P extends Parameter> = P extends TiersParameter
  ? readonly Tier[]
  : P extends RowsParameter<infer C>
    ? readonly { readonly [K in keyof C]: number }[]
    : P extends ChoiceParameter<infer V>
      ? V
      : P extends FlagParameter
        ? boolean
        : P extends NameParameter<infer Missing>
          ? string | Extract<Missing, null>
          : P extends { readonly orOff: true }
            ? number | null
            : number;
/** What a rule is given for its parameters. */
export type ValuesOf<D extends ParameterDeclarations> = { readonly [K in keyof D]: ValueOf<D[K]> };

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;
/** Values for the parameters of all of several rules; those that share a parameter share its declaration. */
export type ValuesOfAll<D extends ParameterDeclarations> = {
  readonly [K in keyof Intersection<D>]: ValuesOf<Pick<Intersection<D>, K> & ParameterDeclarations>[K];
};

/** A parameter of a rule is out of the range that the rule declares. */
export const PARAMETER_CODE = "TEN-RULE-023";

type Undescribed<P extends Parameter> = Omit<P, "kind" | "code" | "unit"> & { readonly code?: string; readonly unit?: string };

/** Declares a number: `number({ range: { above: 0, atMost: 1 }, default: 0.5, meaning: "..." })`. */
export function number(
  parameter: Omit<Undescribed<NumberParameter>, "orOff" | "default"> & { readonly default?: number },
): NumberParameter {
  return { kind: "number", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Declares a number that may also be null, which switches off what it is for. */
export function numberOrOff(parameter: Omit<Undescribed<NumberParameter>, "orOff">): NumberParameter & { readonly orOff: true } {
  return { kind: "number", unit: "", code: PARAMETER_CODE, ...parameter, orOff: true };
}

/** Declares a choice between words; `values` gives each its meaning. */
export function choice<const V extends string>(
  parameter: Omit<Undescribed<ChoiceParameter<V>>, "values" | "default"> & {
    readonly values: Readonly<Record<V, string>>;
    readonly default: NoInfer<V>;
  },
): ChoiceParameter<V> {
  return { kind: "choice", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Declares a yes or no. */
export function flag(parameter: Undescribed<FlagParameter>): FlagParameter {
  return { kind: "flag", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Declares a time span. */
export function timeSpan(parameter: Undescribed<TimeSpanParameter>): TimeSpanParameter {
  return { kind: "time_span", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Declares an amount of tokens; `unit` says of which. */
export function amount(parameter: Undescribed<AmountParameter>): AmountParameter {
  return { kind: "amount", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Declares a name that has to be stated. */
export function nameOf(parameter: Omit<Undescribed<NameParameter>, "default">): NameParameter<undefined> {
  return { kind: "name", unit: "", code: PARAMETER_CODE, default: undefined, ...parameter };
}

/** Declares a name that may be left out, and then is null. */
export function nameOrNone(parameter: Omit<Undescribed<NameParameter>, "default">): NameParameter<null> {
  return { kind: "name", unit: "", code: PARAMETER_CODE, default: null, ...parameter };
}

/** Declares rows of numbers. */
export function rows<const C extends Readonly<Record<string, NumberParameter>>>(
  parameter: Omit<Undescribed<RowsParameter<C>>, "ascendingBy"> & { readonly ascendingBy?: keyof C & string },
): RowsParameter<C> {
  return { kind: "rows", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Declares steps. */
export function tiers(parameter: Undescribed<TiersParameter>): TiersParameter {
  return { kind: "tiers", unit: "", code: PARAMETER_CODE, ...parameter };
}

/** Where a parameter stands in a section of a scenario: `["retention_target"]`, `["tiers", "amount"]`. */
export function keysOf(name: string, parameter: Parameter): readonly string[] {
  if (parameter.kind === "tiers") return [parameter.section.key, parameter.key];
  const { kind } = parameter;
  return [snakeCase(kind === "time_span" ? name.replace(/Ms$/, "") : kind === "amount" ? name.replace(/Rao$/, "") : name)];
}

/** Their defaults by name; those without one are left out. */
export function defaultsOf<D extends ParameterDeclarations>(declarations: D): ValuesOf<D> {
  return Object.fromEntries(
    Object.entries(declarations).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  ) as ValuesOf<D>;
}

/**
 * Refuses values outside the ranges that are declared.
 * @param path of the section, dotted
 */
export function requireParameters(declarations: ParameterDeclarations, values: object, path: string): void {
  for (const [name, parameter] of Object.entries(declarations)) {
    const at = [path, ...keysOf(name, parameter)].join(".");
    const value: unknown = (values as Readonly<Record<string, unknown>>)[name];
    if (parameter.kind === "number" && parameter.orOff === true && value === null) continue;
    if (parameter.kind === "number") requireWithin(value as number, parameter.range, parameter.code, at);
    else if (parameter.kind === "time_span") requireTime(value as number, parameter, at);
    else if (parameter.kind === "amount") requireAmount(value as number, parameter, at);
    else if (parameter.kind === "rows") requireRows(value as readonly Readonly<Record<string, number>>[], parameter, at);
    else if (parameter.kind === "tiers") {
      (value as readonly Tier[]).forEach((tier, i) => {
        requireWithin(tier.atLeast, parameter.bound.range, parameter.code, `${at}.${i}.at_least`);
        requireWithin(tier.value, parameter.value.range, parameter.code, `${at}.${i}.value`);
      });
    }
  }
}

function requireRows(
  stated: readonly Readonly<Record<string, number>>[],
  { columns, ascendingBy, code }: RowsParameter,
  path: string,
): void {
  requireThat(stated.length > 0, code, path, stated.length, "at least one");
  stated.forEach((row, i) => {
    for (const [name, { range }] of Object.entries(columns)) requireWithin(row[name], range, code, `${path}.${i}.${snakeCase(name)}`);
    if (ascendingBy === undefined || i === 0) return;
    const key = snakeCase(ascendingBy);
    requireThat(
      row[ascendingBy] > stated[i - 1][ascendingBy],
      code,
      `${path}.${i}.${key}`,
      row[ascendingBy],
      `rows in ascending order of ${key}`,
    );
  });
}

function requireAmount(valueRao: number, { above, code }: AmountParameter, path: string): void {
  if (isRao(valueRao) && !(above === 0 && valueRao === 0)) return;
  const allowed = above === 0 ? "a whole amount of rao above 0" : "a whole amount of rao";
  throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found: valueRao, allowed });
}

function requireTime(valueMs: number, { atLeastMs, code }: TimeSpanParameter, path: string): void {
  // A scenario's are whole milliseconds; here all above the next smaller one will do.
  if (valueMs > atLeastMs - 1 && valueMs < Number.POSITIVE_INFINITY) return;
  const allowed = atLeastMs === 1 ? "a time above 0" : `a time of at least ${atLeastMs} ms`;
  throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found: valueMs, allowed });
}
