import { Fraction } from "../../kernel/decimal.js";
import { LARGEST_MULTIPLIER } from "../../kernel/ranges.js";
import type { ResidualRow } from "../../tables/vocabularies/rest-rows.js";
import { isRead } from "../plug-in.js";
import { boundFactor, ceilingInList } from "./bound-factor.js";
import type { PoolConfiguration } from "./pool-configuration.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** More stages than any list needs. */
export const MOST_STAGES = 32;

/** What of a list makes no sense, at which stage of it. */
export interface OrderFault {
  readonly at: number;
  /** Inside that stage: of pools, which one, and which stage of it. */
  readonly pool?: number;
  readonly within?: number;
  readonly what: string;
  readonly hint: string;
}

type Stages = readonly StageConfiguration[];
type Values = Readonly<Record<string, unknown>>;

const NOT_IN_POOL: readonly string[] = ["pools", "budget", "burn"];

/**
 * What is wrong with a list as a whole; null: nothing.
 * @param residual null: shares are normalised to 1
 */
export function stageOrderFault(stages: Stages, residual: ResidualRow | null): OrderFault | null {
  if (stages.length > MOST_STAGES) {
    return { at: MOST_STAGES, what: `a list has at most ${MOST_STAGES} stages`, hint: "Join stages of one kind." };
  }
  const normalises = residual === null;
  return (
    ceilingFault(stages) ??
    gateFault(stages) ??
    budgetFault(stages, normalises) ??
    poolsFault(stages, normalises) ??
    boundsFault(stages, normalises) ??
    smoothFault(stages)
  );
}

/** Several multipliers multiply; together they are bounded as one is. */
function ceilingFault(stages: Stages): OrderFault | null {
  let ceiling = 1;
  for (const [at, one] of stages.entries()) {
    if (!isKnown(one)) continue;
    const bound = boundFactor(one);
    if (bound !== null) ceiling *= ceilingInList(bound, true);
    if (ceiling <= LARGEST_MULTIPLIER) continue;
    const what = `the largest factors of the stages multiply to ${ceiling}, and more than ${LARGEST_MULTIPLIER} cannot be counted with`;
    return { at, what, hint: "Lower max_multiplier, or the bonus." };
  }
  return null;
}

function gateFault(stages: Stages): OrderFault | null {
  for (const [at, one] of stages.entries()) {
    if (one.stage !== "gate" || valuesOf(one).below !== "no_bonus") continue;
    const later = stages.slice(at + 1);
    if (later.some(canBeBonus) || later.some((stage) => poolsOf(stage).some((pool) => pool.stages.some(canBeBonus)))) continue;
    return {
      at,
      what: "a gate with below: no_bonus takes the bonus of later multipliers, and none follows",
      hint: "Put the multiplier after it, or state below: zero or scale.",
    };
  }
  return null;
}

function budgetFault(stages: Stages, normalises: boolean): OrderFault | null {
  const at = stages.findIndex(({ stage }) => stage === "budget");
  if (at === -1) return null;
  const { perEpoch, owed } = valuesOf(stages[at]);
  if ((perEpoch === null) === (owed === "none")) {
    const what = "a budget states either what it pays an epoch, or that it pays what is owed";
    return { at, what, hint: "State per_epoch or owed, one of them." };
  }
  if (normalises) {
    const what = "miners share all that burn leaves under residual: normalise, which undoes a budget";
    return { at, what, hint: "End the list with residual: burn, recycle, treasury or owner." };
  }
  const after = stages.findIndex(({ stage }, i) => i > at && stage !== "burn");
  if (after !== -1) {
    const isTwice = stages[after].stage === "budget";
    const what = isTwice ? "budget stands twice" : "after a budget nothing may change shares";
    return { at: after, what, hint: isTwice ? "Leave one budget." : "Put it before the budget; only burn and residual may follow." };
  }
  const other = stages.findIndex(({ stage }) => stage !== "budget" && stage !== "burn");
  if (owed === "none" || other === -1) return null;
  const what = "with what is owed weights do not count, so a stage that changes them does nothing";
  return { at: other, what, hint: "Leave it out, or state per_epoch." };
}

function poolsFault(stages: Stages, normalises: boolean): OrderFault | null {
  const at = stages.findIndex(({ stage }) => stage === "pools");
  if (at === -1) return null;
  const later = stages.findIndex(({ stage }, i) => i > at && (stage === "pools" || stage === "curve"));
  if (later !== -1) {
    const isCurve = stages[later].stage === "curve";
    const what = isCurve ? "a curve after pools gives all out anew, whatever the pools were" : "pools stand twice";
    return { at: later, what, hint: isCurve ? "Put the curve before the pools, or into them." : "Join them into one list of pools." };
  }
  return poolListFault(poolsOf(stages[at]), at, normalises);
}

function poolListFault(pools: readonly PoolConfiguration<StageConfiguration>[], at: number, normalises: boolean): OrderFault | null {
  const sum = pools.reduce((total, { share }) => total.plus(Fraction.decimal(share)), Fraction.whole(0));
  if (sum.compare(Fraction.whole(1)) !== 0) {
    const percent = Number(((Number(sum.numerator) / Number(sum.denominator)) * 100).toPrecision(12));
    const isLess = sum.compare(Fraction.whole(1)) < 0;
    const what = `the shares of the pools sum to ${percent === 100 ? `a little ${isLess ? "less" : "more"} than 100 %` : `${percent} %, and not to 100 %`}`;
    return { at, what, hint: "Let them sum to exactly 1; give a pool of `members: rest` what is left." };
  }
  const rests = pools.flatMap(({ members }, pool) => (members.kind === "rest" ? [pool] : []));
  if (rests.length > 1) {
    const what = "two pools have `members: rest`, so that each of those miners is paid twice, as if there were one pool";
    return { at, pool: rests[1], what, hint: "Join them into one, or say of one whom it is for." };
  }
  for (const [pool, { name, empty, stages }] of pools.entries()) {
    if (pools.findIndex((one) => one.name === name) !== pool) {
      return { at, pool, what: "two pools have one name", hint: "Give each a name of its own." };
    }
    if (empty === "residual" && normalises) return undone({ at, pool }, "what an empty pool leaves");
    const within = stages.findIndex(({ stage }) => typeof stage === "string" && NOT_IN_POOL.includes(stage));
    if (within !== -1) {
      const what = `${String(stages[within].stage)} cannot stand in a pool`;
      return { at, pool, within, what, hint: "Put it into the list outside the pools." };
    }
    const fault = stageOrderFault(stages, normalises ? null : "burn");
    if (fault !== null) return { ...fault, at, pool, within: fault.at };
  }
  return null;
}

function boundsFault(stages: Stages, normalises: boolean): OrderFault | null {
  let least = 1;
  for (const [at, one] of stages.entries()) {
    if (one.stage !== "cap") continue;
    const { maxShare, excess } = valuesOf(one);
    if (excess === "residual" && normalises) return undone({ at }, "what a cap takes");
    if (Number(maxShare) < least) least = Number(maxShare);
  }
  for (const [at, one] of stages.entries()) {
    const { minShare } = valuesOf(one);
    if (one.stage !== "floor" || Number(minShare) <= least) continue;
    return { at, what: `min_share is above max_share, ${least}`, hint: "Lower min_share, or raise max_share." };
  }
  return null;
}

function smoothFault(stages: Stages): OrderFault | null {
  for (const [at, { stage, variant, of = {} }] of stages.entries()) {
    if (stage !== "smooth" || variant !== "ema") continue;
    const { alpha, halfLifeEpochs } = of as Values;
    if ((alpha === null) !== (halfLifeEpochs === null)) continue;
    return { at, what: "kind: ema goes by alpha or by half_life_epochs", hint: "State one of the two." };
  }
  return null;
}

function undone(where: Pick<OrderFault, "at" | "pool">, what: string): OrderFault {
  return {
    ...where,
    what: `under residual: normalise miners share all that burn leaves, which undoes ${what}`,
    hint: "End the list with residual: burn, recycle, treasury or owner, or let it go to the others.",
  };
}

function valuesOf({ parameters }: StageConfiguration): Values {
  return parameters as Values;
}

/** The pools of a stage `pools`; none of another. */
export function poolsOf({ stage, parameters }: StageConfiguration): readonly PoolConfiguration<StageConfiguration>[] {
  return stage === "pools" ? (parameters as { readonly pools: readonly PoolConfiguration<StageConfiguration>[] }).pools : [];
}

/** Was the file of every plug-in of a stage read? */
function isKnown({ stage, variant }: StageConfiguration): boolean {
  return isRead(stage) && isRead(variant);
}

/** Whether a bonus comes of it that a gate before can take; what is not known may be one. */
function canBeBonus(one: StageConfiguration): boolean {
  const { stage } = one;
  if (typeof stage === "string") return stage === "multiplier";
  return !isKnown(one) || boundFactor(one)?.isBonus === true;
}
