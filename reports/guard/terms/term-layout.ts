import { type NamedTerm, ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import type { ScenarioConfiguration } from "../../../scenarios/index.js";
import { hasFactor, keeps } from "../../stage-step.js";
import { isStated, statedTerms } from "./stated-terms.js";
import type { TermColumn } from "./term-column.js";
import { gateInputs, unseenFacts } from "./unseen-facts.js";

/** Rules as far as terms are of them. */
export type RuledConfiguration = Pick<ScenarioConfiguration, "vesting" | "stages" | "index"> &
  Partial<Pick<ScenarioConfiguration, "emission">>;

const own = (id: string, rule: string): TermColumn => ({ id, rule, isShared: false });
const common = (id: string, rule: string): TermColumn => ({ id, rule, isShared: false, isCommon: true });
const answer = (id: string, rule: string): TermColumn => ({ id, rule, isShared: false, isAnswer: true });
const shared = (id: string, rule: string): TermColumn => ({ id, rule, isShared: true });

/** How the stages of a list are called in terms: by name, from the second of a name with its number. */
export function stageNames(stages: readonly StageConfiguration[]): readonly string[] {
  const counts = new Map<string, number>();
  return stages.map(({ stage }) => {
    const name = ruleLabel(stage).replace(/[^\w-]/g, "_");
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? `stage.${name}` : `stage.${name}-${count}`;
  });
}

/** A stage in words: `burn`, `curve geometric`. */
export function stageRule({ stage, variant }: StageConfiguration): string {
  return variant === undefined ? ruleLabel(stage) : `${ruleLabel(stage)} ${ruleLabel(variant)}`;
}

/** The terms of a scenario's runs, in the order in which they are computed. */
export function termLayout({ vesting, stages, index, emission }: RuledConfiguration): readonly TermColumn[] {
  const pot = common("pot", "the pot of the epoch");
  const outside = (emission?.outside ?? null) === null ? [] : [common(OUTSIDE_POT, "emission.outside")];
  const stated = index === null ? [] : statedTerms(index);
  const holdings = ["stake", "received", "remaining", "held_share", "held_days"].map((name) => own(`holdings.${name}`, "what is held"));
  const listed = stages === null ? [] : listTerms(stages.stages, index !== null);
  const ceilings = stages === null || stages.residual === null ? [] : ceilingTerms(stages.stages);
  const isListPaid = sharesBasePool({ vesting, stages, index });
  return [
    // On an index subnet pools and tiers come first: base weights are what they entitle to. A list shares the base pool, and goes before its pay.
    ...(index === null
      ? []
      : [
          pot,
          ...poolTerms(),
          ...scoreTerms(ruleLabel(index.rewards.score.formula)),
          ...stated.filter(({ of }) => of === "participant"),
          ...(isListPaid ? [...holdings, ...listed, ...ceilings] : []),
          ...tierTerms(isListPaid),
        ]),
    ...(isListPaid ? [] : holdings),
    ...(stages === null ? [own("multiplier.answer", ruleLabel(vesting.rule))] : []),
    index === null ? own("base_weight", "base weights") : shared("base_weight", "base weights"),
    ...(isListPaid ? [] : listed),
    ...(stages === null ? [own("multiplier.below_minimum", "vesting.below_minimum")] : []),
    own("multiplier.applied", "vesting.mode"),
    own("redistribution.threshold", "redistribution"),
    ...(isListPaid ? [] : ceilings),
    ...(index === null ? [] : [common(CAP, "the cap of the ten best paid")]),
    shared("weight.final", "share of the pot"),
    // Validators look at what the pot was shared by, and are paid by it in the next epoch.
    ...(index === null ? [pot, ...outside] : [...stated.filter(({ of }) => of === "validator"), ...validatorTerms()]),
    shared("pay.paid", "rao"),
  ];
}

/** Does a list of stages share the base pool of an index subnet? Where it is only computed, it does not. */
export function sharesBasePool({ vesting, stages, index }: RuledConfiguration): boolean {
  return index !== null && stages !== null && vesting.mode === "on";
}

/** The pools that the emission of an index subnet is shared into, as `tenure explain` calls them: a participant shares two, a validator one. */
const POOLS = ["pot.base_pool", "pot.tier_pool", "pot.validators"] as const;
export const isPool = (id: string) => (POOLS as readonly string[]).includes(id);

/** What those earn together who are in no stream. */
export const OUTSIDE_POT = "pot.outside";

/** Is it of what there is to share? No pay moves it. */
export const isPot = (id: string) => id === "pot" || id === OUTSIDE_POT || isPool(id);

function poolTerms(): readonly TermColumn[] {
  return POOLS.map((id) => common(id, "index.rewards.pools"));
}

/**
 * The most that the ten best paid participants get together, 1: no cap. As a ceiling it says nothing by itself: it counts where pay or weights
 * differ, and all before is as it was.
 */
export const CAP = "cap.max_top10_share";

function scoreTerms(rule: string): readonly TermColumn[] {
  return [
    ...["minted", "redeemed", "transactions"].map((name) => own(`activity.${name}`, "trades")),
    own("score.weighted_volume", "what minting and redeeming count"),
    ...["volume", "frequency"].map((name) => shared(`score.${name}`, "score")),
    own("score.consistency", "score"),
    own("score.standing", "anti-gaming"),
    own("score.final", rule),
    answer("score.ranked", "ranking"),
    shared("score.rank", "ranks"),
  ];
}

function listTerms(stages: readonly StageConfiguration[], isOfIndex: boolean): readonly TermColumn[] {
  return [{ ...common("stage.residual.goes_to", "residual"), isChoice: true }, ...stageTerms(stages, isOfIndex)];
}

function stageTerms(stages: readonly StageConfiguration[], isOfIndex: boolean): readonly TermColumn[] {
  const names = stageNames(stages);
  return stages.flatMap((stage, at) => {
    const label = stageRule(stage);
    if (keeps(stage)) return [common(`${names[at]}.share`, label)];
    const facts = unseenFacts(stage, isOfIndex);
    const unseen = facts.length === 0 ? {} : { unseen: facts };
    if (hasFactor(stage)) {
      const inputs = gateInputs(stage, isOfIndex);
      return [{ ...answer(`${names[at]}.factor`, label), ...unseen, ...(inputs === null ? {} : { inputs }) }];
    }
    const share = { ...shared(`${names[at]}.share`, label), ...unseen };
    return goesByHoldings(stage)
      ? [share]
      : [{ ...share, isAnswer: true, inputs: comesBefore(names.slice(0, at), isOfIndex), isOfPast: true }];
  });
}

/** Does a stage that shares ask what miners hold, besides the shares so far? */
function goesByHoldings({ stage, parameters }: StageConfiguration): boolean {
  if (typeof stage !== "string") return true;
  const { pools = [] } = parameters as { readonly pools?: readonly { readonly stages: readonly StageConfiguration[] }[] };
  return pools.some(({ stages }) => stages.some((one) => hasFactor(one) || goesByHoldings(one)));
}

/** What the shares so far are made of where a stage stands behind others; those that keep change nothing of them. */
function comesBefore(names: readonly string[], isOfIndex: boolean): RegExp {
  const first = isOfIndex ? "score\\.(final|ranked)|tiers\\.all_zero" : "base_weight";
  return new RegExp(`^(pot|${first}${names.map((name) => `|${name.replace(/[.]/g, "\\.")}\\.(factor|share)`).join("")})$`);
}

/** Does a term count only where what follows from it differs? */
export const isCeiling = (id: string) => id.endsWith(".ceiling") || id === CAP || isStated(id);

/** What a bonus is measured against: who gets less of it leaves the rest of the share unpaid. */
function ceilingTerms(stages: readonly StageConfiguration[]): readonly TermColumn[] {
  const names = stageNames(stages);
  return stages.flatMap((stage, at) => (hasFactor(stage) ? [common(`${names[at]}.ceiling`, ruleLabel(stage.variant ?? stage.stage))] : []));
}

/** Validators rate what participants were paid by, and some of them rate what that was before. */
const rated = (id: string, rule: string): TermColumn => ({
  ...shared(id, rule),
  inputs: /^(tiers\.(base|bonus|multiplier)|weight\.final)$/,
  isOfPast: true,
});

/** In the order of an epoch: the pool is shared by the stakes and the consensus of the epoch before, then validators are judged. */
function validatorTerms(): readonly TermColumn[] {
  return [
    { ...shared("validator.pool", "pool of validators"), inputs: /^(validator\.(deviation|stake)|slashing\..*)$/, isOfPast: true },
    rated("validator.deviation", "consensus"),
    { ...rated("slashing.rate", "slashing"), isAnswer: true },
    own("slashing.taken", "slashing"),
    own("validator.stake", "stake of validators"),
  ];
}

/** Tiers share a pot by scores and ranks: what validators have does not matter. */
const tiered = (id: string, rule: string): TermColumn => ({
  ...shared(id, rule),
  isAnswer: true,
  inputs: /^(pot|pot\.(base|tier)_pool|activity\..*|score\..*|tiers\.(base|bonus))$/,
});

/** @param isListPaid does a list of stages share the base pool? Its pay is then made of what the list makes of all. */
function tierTerms(isListPaid: boolean): readonly TermColumn[] {
  const base = tiered("tiers.base", "base pool");
  return [
    isListPaid ? { ...base, inputs: /^(pot|pot\.base_pool|stage\..*|score\..*|tiers\.bonus)$/ } : base,
    tiered("tiers.bonus", "tiers"),
    shared("tiers.multiplier", "multipliers of the index subnet"),
  ];
}

/** Terms of a formula that follow from others: what is asked for, parameters and inputs aside. */
export function computedTerms(terms: readonly NamedTerm[]): readonly NamedTerm[] {
  return terms.filter(({ formula }) => formula !== "");
}
