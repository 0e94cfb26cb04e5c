import {
  keysOf,
  type NumberRange,
  type Parameter,
  type ParameterDeclarations,
  POOL_SHARE_RANGE,
  STAGES,
  type StageName,
} from "../../engine/index.js";

/** A list with one value at a limit of what its stage takes. */
export interface LimitCase {
  readonly name: string;
  readonly stages: readonly object[];
  /** The unit in which debts have to be told. */
  readonly owedIn: string;
}

type Values = Readonly<Record<string, unknown>>;
/** How far values go into their range: its ends, and the numbers next to them. */
export type Depth = "ends" | "beside";

const LARGEST_AMOUNT = 9_007_199;
/** Beyond any range, where it states no end. */
const LARGEST = 1e300;

/** The lists of all stages, of all variants, of each of their numbers at each limit, and of each of their words; a stage that is new is among them. */
export function limitCases(depth: Depth): readonly LimitCase[] {
  return (Object.keys(STAGES) as StageName[]).flatMap((name) => {
    const { parameters, variants } = STAGES[name];
    if (name === "pools") return poolCases(depth);
    if (variants === undefined) return casesOf(name, {}, parameters, depth);
    return Object.entries(variants.rules).flatMap(([rule, declared]) =>
      casesOf(name, { [variants.key]: rule }, { ...parameters, ...declared.parameters }, depth),
    );
  });
}

/** Two pools whose shares sum to 1, one of them at a limit, for all or for nobody. */
function poolCases(depth: Depth): readonly LimitCase[] {
  const least = limits({ ...POOL_SHARE_RANGE, places: 9 }, depth).filter((share) => share < 0.5);
  return least.flatMap((share) =>
    ["all", { names: [] }].map((members) => {
      const small = { name: "small", share, members, empty: "residual" };
      const large = { name: "large", share: Number((1 - share).toFixed(9)), members: "all" };
      return {
        name: `pools ${share} for ${JSON.stringify(members)}`,
        stages: [{ pools: [small, large] }, { residual: "burn" }],
        owedIn: "alpha",
      };
    }),
  );
}

function casesOf(name: StageName, kind: Values, parameters: ParameterDeclarations, depth: Depth): readonly LimitCase[] {
  const stated = statedOf(name, parameters);
  if (Object.keys(parameters).length === 0) return [listWith(name, { ...kind, ...stated })];
  return combined(parameters, depth).flatMap((words) =>
    Object.entries(parameters).flatMap(([parameter, declaration]) => {
      const keys = keysOf(parameter, declaration);
      if (keys[0] in words) return [];
      return limitsOf(declaration, depth).flatMap((value) => {
        const values = { ...kind, ...without(name, parameter, stated), ...words, ...at(keys, value) };
        return isOfIndex(name, values) ? [] : [listWith(name, values)];
      });
    }),
  );
}

/** What else is stated beside the parameter at its limit: nothing, and in a longer test each word of each choice. */
function combined(parameters: ParameterDeclarations, depth: Depth): readonly Values[] {
  if (depth === "ends") return [{}];
  const words = Object.entries(parameters).flatMap(([parameter, declaration]) =>
    declaration.kind === "choice" || declaration.kind === "flag"
      ? limitsOf(declaration, depth).map((value) => at(keysOf(parameter, declaration), value))
      : [],
  );
  return [{}, ...words];
}

/** Volumes are of index subnets. */
const isOfIndex = (name: StageName, { by }: Values) => name === "gate" && by === "volume";

/** What has to be stated, and of two of which one is stated the one. */
function statedOf(name: StageName, parameters: ParameterDeclarations): Values {
  const required = Object.entries(parameters).flatMap(([parameter, declaration]) =>
    declaration.default === undefined ? [[keysOf(parameter, declaration)[0], middleOf(declaration)]] : [],
  );
  const one = name === "smooth" && "alpha" in parameters ? { alpha: 0.5 } : name === "budget" ? { per_epoch: 1 } : {};
  return { ...one, ...Object.fromEntries(required) };
}

/** Of two that exclude each other the one that is tried. */
function without(name: StageName, parameter: string, stated: Values): Values {
  const { alpha, ...others } = stated;
  if (name === "smooth" && parameter === "halfLifeEpochs") return others;
  return stated;
}

function listWith(stage: StageName, values: Values): LimitCase {
  const own: Values = {
    ...values,
    ...(stage === "budget" && values.owed === "obligations" ? { per_epoch: null } : {}),
    ...(stage === "gate" && "power" in values ? { below: "scale" } : {}),
  };
  const after = stage === "gate" && own.below === "no_bonus" ? [{ multiplier: { rule: "geometric" } }] : [];
  return {
    name: `${stage} ${JSON.stringify(own)}`,
    stages: [{ [stage]: own }, ...after, { residual: "burn" }],
    owedIn: String(own.unit ?? "alpha"),
  };
}

/** A value under its key, or under the two of its section. */
function at(keys: readonly string[], value: unknown): Values {
  const [first, ...others] = keys;
  return { [first]: others.length === 0 ? value : at(others, value) };
}

function limitsOf(declaration: Parameter, depth: Depth): readonly unknown[] {
  switch (declaration.kind) {
    case "number":
      return [...limits(declaration.range, depth)];
    case "rows": {
      const columns = Object.entries(declaration.columns).map(([name, column]) => [keysOf(name, column)[0], column.range] as const);
      return columns.flatMap(([key, range]) =>
        limits(range, depth).map((value) => [{ ...Object.fromEntries(columns.map(([one, own]) => [one, middle(own)])), [key]: value }]),
      );
    }
    case "tiers":
      return [
        ...limits(declaration.bound.range, depth).map((value) => [{ at_least: value, value: middle(declaration.value.range) }]),
        ...limits(declaration.value.range, depth).map((value) => [{ at_least: middle(declaration.bound.range), value }]),
      ];
    case "choice":
      return Object.keys(declaration.values);
    case "flag":
      return [true, false];
    case "time_span":
      return [`${declaration.atLeastMs} ms`, "36500 d"];
    case "amount":
      return [declaration.above === 0 ? 1e-9 : 0, LARGEST_AMOUNT];
    case "name":
      return [];
  }
}

function middleOf(declaration: Parameter): unknown {
  if (declaration.kind === "number") return middle(declaration.range);
  if (declaration.kind !== "rows") throw new Error(`no value for what has to be stated as ${declaration.kind}`);
  return [Object.fromEntries(Object.entries(declaration.columns).map(([name, column]) => [keysOf(name, column)[0], middle(column.range)]))];
}

function middle({ above, atLeast, below, atMost, whole }: NumberRange): number {
  const low = above ?? atLeast ?? 0;
  const high = Math.min(below ?? atMost ?? LARGEST, low + 2);
  return whole === true ? Math.floor((low + high) / 2) : (low + high) / 2;
}

/** The numbers at both ends of a range, and those next to them. */
export function limits({ above, atLeast, below, atMost, whole, places }: NumberRange, depth: Depth): readonly number[] {
  const step = whole === true ? 1 : places === undefined ? null : 10 ** -places;
  const up = (value: number) => (step === null ? nextUp(value) : Number((value + step).toFixed(places ?? 0)));
  const down = (value: number) => (step === null ? -nextUp(-value) : Number((value - step).toFixed(places ?? 0)));
  const low = above === undefined ? (atLeast ?? -LARGEST) : up(above);
  const high = below === undefined ? (atMost ?? LARGEST) : down(below);
  return [...new Set(depth === "ends" ? [low, high] : [low, up(low), down(high), high])];
}

/** The least double above another. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
