import type { StreamKind } from "../../../engine/index.js";
import type { ValueDifference } from "../../../studies/index.js";
import type { BaselineInput } from "../baseline/baseline.js";
import type { TermColumn, UnseenFact } from "../terms/term-column.js";
import { type RuledConfiguration, stageNames } from "../terms/term-layout.js";
import { recordedKind } from "./changed-inputs.js";
import type { Parting } from "./parting.js";
import { poolsOf } from "./stated-pools.js";

type Partings = ReadonlyMap<string, Parting>;

/** Whose they are, as a cause is put in words. */
const FACT_WORDS: Readonly<Record<UnseenFact, string>> = {
  collateral: "collateral of the miner",
  volume: "volume of the miner",
  age: "age of the miner",
  scores: "scores of the miner",
  obligations: "obligations to the miner",
  price: "price of alpha",
  tao_price: "tao_price of the time",
};

/** The kind of stream that tells it. */
const RECORDED_AS: Readonly<Record<UnseenFact, StreamKind>> = {
  collateral: "collateral",
  volume: "stake",
  age: "registry",
  scores: "scores",
  obligations: "obligations",
  price: "price",
  tao_price: "tao_price",
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
  // Who is gone is in the list of then.
  const ordered = changed.every(({ path }) => isGone(path)) ? [...configurations].reverse() : configurations;
  const inside = ordered.flatMap((configuration) => changedPool(changed, configuration) ?? [])[0] ?? null;
  const isOfStages = changed.some(({ path }) => /^stages\b/.test(path));
  const terms = new Map(order.map((term) => [term.id, term]));
  return mapped(partings, (parting) => {
    if (inside !== null && parting.cause === inside.of) return { ...parting, cause: inside.cause, rule: inside.rule };
    const { unseen = [], rule = "" } = terms.get(parting.cause) ?? {};
    const [fact] = unseen;
    if (isOfStages || fact === undefined) return parting;
    if (unseen.length > 1) return { ...parting, rule: orTold(rule, unseen) };
    return told(parting, fact, `${FACT_WORDS[fact]}, which ${rule} asks for`);
  });
}

/** Of the fact in place of what follows from it, whose numbers are none of it. */
function told(parting: Parting, fact: UnseenFact, rule: string): Parting {
  return { ...parting, cause: parting.cause.replace(/[^.]+$/, fact), rule, before: null, after: null };
}

/**
 * Where code or recordings changed, terms do not tell a stage from what it was told; the recordings that changed do, where what it was told is of one
 * of them.
 */
export function causesOrTold(partings: Partings, order: readonly TermColumn[], inputs: readonly BaselineInput[]): Partings {
  const terms = new Map(order.map((term) => [term.id, term]));
  const files = new Map(inputs.flatMap((input) => (input.source === "recorded" ? [[recordedKind(input), input.file] as const] : [])));
  return mapped(partings, (parting) => {
    const { unseen = [], rule = "" } = terms.get(parting.cause) ?? {};
    if (unseen.length === 0) return parting;
    const [fact, ...others] = unseen.filter((one) => files.has(RECORDED_AS[one]));
    if (fact === undefined || others.length > 0) return { ...parting, rule: orTold(rule, unseen) };
    const file = files.get(RECORDED_AS[fact]) ?? "";
    return told(parting, fact, `${FACT_WORDS[fact]}, which ${rule} asks for: ${file} is not that of the baseline`);
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

/** The pool in which all changes are, and the stage in it where they are of one; null: they are not of one pool. */
function changedPool(changed: readonly Pick<ValueDifference, "path">[], configuration: RuledConfiguration): PoolCause | null {
  const places = new Set(changed.map(({ path }) => isGone(path)));
  for (const { at, place, name, called, of, stages, ruleOf } of poolsOf(configuration)) {
    const below = [name, String(place)].map((key) => `stages.${at}.pools.${key}`).find((path) => allBelow(changed, path));
    if (below === undefined) continue;
    // Places of then and of now are not of one stage.
    const own = places.size > 1 ? -1 : stages.findIndex((_, inner) => allBelow(changed, `${below}.stages.${inner}`));
    if (own === -1) return { of, cause: `${called}.share`, rule: `pools, by pool ${name}` };
    const inner = stageNames(stages)[own].replace(/^stage\./, "");
    return { of, cause: `${called}.${inner}.share`, rule: ruleOf(stages[own]) };
  }
  return null;
}

/** By the place that a stage had in the list of then. */
const isGone = (path: string) => path.endsWith(" (went)");

const allBelow = (changed: readonly Pick<ValueDifference, "path">[], path: string) =>
  changed.every((one) => one.path === path || one.path.startsWith(`${path}.`));
