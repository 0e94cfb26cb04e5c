import { ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import type { ValueDifference } from "../../../studies/index.js";
import type { TermColumn, UnseenFact } from "../terms/term-column.js";
import { type RuledConfiguration, stageNames } from "../terms/term-layout.js";
import type { Parting } from "./parting.js";

type Partings = ReadonlyMap<string, Parting>;

/** Whose they are, as a cause is put in words. */
const FACT_WORDS: Readonly<Record<UnseenFact, string>> = {
  collateral: "collateral of the miner",
  volume: "volume of the miner",
  age: "age of the miner",
  scores: "scores of the miner",
  obligations: "obligations to the miner",
  tao_price: "tao_price of the time",
};

/**
 * Terms tell which stage parts positions. Where it is known that nothing but some values of the scenario changed, these tell more: what the stage was
 * told, or the pool, and the stage in it.
 */
export function causesByChange(
  partings: Partings,
  changed: readonly Pick<ValueDifference, "path">[],
  order: readonly TermColumn[],
  configurations: readonly RuledConfiguration[],
): Partings {
  if (changed.length === 0) return partings;
  const inside = configurations.flatMap((configuration) => changedPool(changed, configuration) ?? [])[0] ?? null;
  const isOfStages = changed.some(({ path }) => /^stages\b/.test(path));
  const terms = new Map(order.map((term) => [term.id, term]));
  return mapped(partings, (parting) => {
    if (inside !== null && parting.cause === inside.of) return { ...parting, cause: inside.cause, rule: inside.rule };
    const { unseen = [], rule = "" } = terms.get(parting.cause) ?? {};
    const [fact] = unseen;
    if (isOfStages || fact === undefined) return parting;
    if (unseen.length > 1) return { ...parting, rule: orTold(rule, unseen) };
    // The factor that follows is no number of it.
    const cause = parting.cause.replace(/[^.]+$/, fact);
    return { ...parting, cause, rule: `${FACT_WORDS[fact]}, which ${rule} asks for`, before: null, after: null };
  });
}

/** Where code or recordings changed, terms do not tell a stage from what it was told. */
export function causesOrTold(partings: Partings, order: readonly TermColumn[]): Partings {
  const terms = new Map(order.map((term) => [term.id, term]));
  return mapped(partings, (parting) => {
    const { unseen = [], rule = "" } = terms.get(parting.cause) ?? {};
    return unseen.length === 0 ? parting : { ...parting, rule: orTold(rule, unseen) };
  });
}

function orTold(rule: string, unseen: readonly UnseenFact[]): string {
  return `${rule}, or the ${unseen.join(" or ")} that it is told, which no term holds`;
}

const mapped = (partings: Partings, of: (parting: Parting) => Parting): Partings =>
  new Map([...partings].map(([key, parting]) => [key, of(parting)]));

interface PoolCause {
  /** The term of the stage of pools. */
  readonly of: string;
  readonly cause: string;
  readonly rule: string;
}

interface Pool {
  readonly name: string;
  readonly stages: readonly StageConfiguration[];
}

/** The pool in which all changes are, and the stage in it where they are of one; null: they are not of one pool. */
function changedPool(changed: readonly Pick<ValueDifference, "path">[], { stages }: RuledConfiguration): PoolCause | null {
  if (stages === null) return null;
  const names = stageNames(stages.stages);
  for (const [at, { parameters }] of stages.stages.entries()) {
    const { pools = [] } = parameters as { readonly pools?: readonly Pool[] };
    for (const [place, pool] of pools.entries()) {
      const below = [pool.name, String(place)].map((key) => `stages.${at}.pools.${key}`).find((path) => allBelow(changed, path));
      if (below === undefined) continue;
      const own = pool.stages.findIndex((_, inner) => allBelow(changed, `${below}.stages.${inner}`));
      const called = `${names[at]}.${pool.name.replace(/[^\w-]/g, "_")}`;
      const of = `${names[at]}.share`;
      if (own === -1) return { of, cause: `${called}.share`, rule: `pools, by pool ${pool.name}` };
      const { stage, variant } = pool.stages[own];
      const label = variant === undefined ? ruleLabel(stage) : `${ruleLabel(stage)} ${ruleLabel(variant)}`;
      const inner = stageNames(pool.stages)[own].replace(/^stage\./, "");
      return { of, cause: `${called}.${inner}.share`, rule: `pools, by ${label} of pool ${pool.name}` };
    }
  }
  return null;
}

const allBelow = (changed: readonly Pick<ValueDifference, "path">[], path: string) =>
  changed.every((one) => one.path === path || one.path.startsWith(`${path}.`));
