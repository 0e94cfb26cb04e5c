import { applyMultipliers, REST_ROWS, type RedistributionConfiguration } from "../../engine/index.js";
import { keptByAll, sendsElsewhere } from "../elsewhere.js";
import type { WeightRow } from "../reading/weights.js";
import { multiplierEffect, type RunRules, sharesOwnPots } from "../rules.js";
import { hasFactor, keeps } from "../stage-step.js";
import type { EpochPay, EpochTables } from "./epoch-tables.js";
import { dividePot, type PotDivision } from "./pot-division.js";

const BURN = REST_ROWS.indexOf("burn");
const UNALLOCATED = REST_ROWS.indexOf("unallocated");
/** What the shares of all lack of 1 by rounding alone. */
const ROUNDING = 1e-12;

/** How the miners of an epoch shared its pot, of those whose weights were recorded. */
export interface SharedPot {
  /** `shared`: by largest remainders; `as_recorded`: each what the rows say, since nothing moves. */
  readonly kind: "shared" | "as_recorded";
  /** Place of a miner by position, in the order of uids. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** Weights after multiplier and threshold, of miners, then of who is outside; null under a list of stages. */
  readonly weights: Float64Array | null;
  readonly weightSum: number;
  /** Shares, 0..1: of miners, of who is outside, then of `REST_ROWS` where there is a list; null: not to be had from what was recorded. */
  readonly shares: Float64Array | null;
  /** All that is shared, rao; null where not all of it was recorded. */
  readonly potRao: bigint | null;
  /** Null where it is not known how, or does not give what was paid. */
  readonly division: PotDivision | null;
  /** Why something is not known, in words; empty: all is. */
  readonly lacks: string;
}

/** Part of a pot that is given before it is shared, by place; what an index subnet's tiers give beside a list of stages. */
export interface GivenAside {
  readonly potRao: bigint;
  readonly rao: readonly bigint[];
}

/**
 * @param aside null: all of the pot is shared
 * @param before what each is paid by the division, before anything else changes it, by place; null: what was paid
 */
export function sharedPot(
  tables: EpochTables,
  aside: GivenAside | null = null,
  before: readonly bigint[] | null = null,
  potRao = potOf(tables),
): SharedPot {
  const { rules, weights, pay } = tables;
  const rows = [...(weights ?? new Map<number, WeightRow>()).values()];
  const placeOf = new Map(rows.map(({ position }, place) => [position, place]));
  const listApplies = rules.stages !== null && multiplierEffect(rules) === "applied";
  const weighed = listApplies ? null : weigh(tables, rows, potRao);
  const shares = listApplies ? sharesByList(tables, rows) : (weighed?.shares ?? null);
  const known = { placeOf, weights: weighed?.weights ?? null, weightSum: weighed?.sum ?? 0, shares, potRao };
  if (isAsRecorded(rules, weights === null ? null : rows, pay)) return { ...known, kind: "as_recorded", division: null, lacks: "" };
  const lacks = lacking(tables, shares, potRao);
  if (lacks !== "" || shares === null || potRao === null) return { ...known, kind: "shared", division: null, lacks };
  const division = dividePot(aside?.potRao ?? potRao, shares);
  const paid =
    before ?? rows.map(({ position }) => BigInt(pay?.get(position)?.paid_rao ?? 0) - (aside?.rao[placeOf.get(position) ?? 0] ?? 0n));
  const agrees = division === null ? paid.every((rao) => rao === 0n) : paid.every((rao, k) => rao === partOf(division, k));
  if (!agrees) {
    return { ...known, kind: "shared", division: null, lacks: "how the pot was rounded does not follow from what was recorded" };
  }
  return { ...known, kind: "shared", division, lacks: division === null ? "nobody has a weight" : "" };
}

export function partOf({ parts }: PotDivision, k: number): bigint {
  return parts[k].floorRao + parts[k].roundingRao;
}

/** All that the miners of an epoch shared, with what went elsewhere; null where not all of it was recorded. */
export function potOf({ rules, epoch, pay, stages }: EpochTables): bigint | null {
  const elsewhere = rules.stages !== null && multiplierEffect(rules) === "applied" && sendsElsewhere(rules.stages) ? stages.residuals : [];
  if (pay === null || elsewhere === null) return null;
  let pot = BigInt(epoch.unallocated_rao) + BigInt(epoch.outside_rao);
  for (const { amount_rao } of elsewhere) pot += BigInt(amount_rao);
  for (const { paid_rao } of pay.values()) pot += BigInt(paid_rao);
  return pot;
}

/** Does the recording stand as it is: because pay is replayed, or nothing moves anybody's? */
function isAsRecorded(rules: RunRules, rows: readonly WeightRow[] | null, pay: ReadonlyMap<number, EpochPay> | null): boolean {
  const own = sharesOwnPots(rules.beforeRule);
  if (!own && rules.emission.mode === "replay") return true;
  if (rows === null) return false;
  if (rules.beforeRule !== "recorded" && rules.beforeRule !== "rewards") return false;
  if (rules.stages !== null && multiplierEffect(rules) === "applied") return false;
  return rows.every(({ position, base_weight: base, multiplier, final_weight: final }) => {
    const recorded = pay?.get(position)?.recorded_rao ?? base;
    return multiplier === 1 && base === recorded && base > 0 === final > 0;
  });
}

/** Weights by the multipliers of `vesting`, once more. */
function weigh({ rules, pay, epoch }: EpochTables, rows: readonly WeightRow[], potRao: bigint | null) {
  const count = rows.length + 1;
  const base = new Float64Array(count);
  const factor = new Float64Array(count).fill(1);
  rows.forEach((row, k) => {
    base[k] = row.base_weight;
    factor[k] = row.multiplier;
  });
  if (rules.emission.outside !== null && !sharesOwnPots(rules.beforeRule)) {
    if (pay === null || potRao === null) return null;
    const outside = outsideWeight(rules, rows, pay, potRao);
    if (epoch.outside_rao > 0 && outside === null) return null;
    base[rows.length] = outside ?? 0;
  }
  const redistribution = redistributionOf(rules, factor, rows.length);
  const shares = new Float64Array(count);
  applyMultipliers(base, factor, count, redistribution, shares);
  const weights = base.map((weight, k) => (shares[k] > 0 ? weight * factor[k] : 0));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const agrees = rules.beforeRule === "rewards" || rows.every(({ final_weight }, k) => final_weight === shares[k]);
  return agrees ? { weights, sum, shares } : { weights: null, sum: 0, shares: outsideIsNone(rules) ? recordedShares(rows) : null };
}

function outsideIsNone({ emission, beforeRule }: RunRules): boolean {
  return emission.outside === null || sharesOwnPots(beforeRule);
}

function recordedShares(rows: readonly WeightRow[]): Float64Array {
  return Float64Array.from([...rows.map(({ final_weight }) => final_weight), 0]);
}

/** A threshold is part of the rule: where the rule decides nothing, it takes nothing. */
export function redistributionOf({ vesting, beforeRule }: RunRules, factor: Float64Array, miners: number): RedistributionConfiguration {
  const differs = factor.subarray(0, miners).some((one) => one !== 1);
  const applies = vesting.mode === "on" && (beforeRule !== "rewards" || differs);
  return applies ? vesting.redistribution : { kind: "proportional" };
}

/** Of who carries what the streams do not hold of the pot: that of it, in the unit of the base weights. */
function outsideWeight(
  { beforeRule }: RunRules,
  rows: readonly WeightRow[],
  pay: ReadonlyMap<number, EpochPay>,
  potRao: bigint,
): number | null {
  let minersRao = 0;
  for (const { recorded_rao } of pay.values()) minersRao += recorded_rao;
  const outsideRao = Number(potRao) - minersRao;
  if ((beforeRule !== "weights" && beforeRule !== "yuma") || minersRao === 0) return outsideRao;
  return outsideRao * (rows.reduce((sum, { base_weight }) => sum + base_weight, 0) / minersRao);
}

/** Shares of the whole pot by a list of stages, with the rows that take what no miner gets. */
function sharesByList(tables: EpochTables, rows: readonly WeightRow[]): Float64Array | null {
  const { rules, stages, epoch } = tables;
  const list = rules.stages;
  const kept = list === null ? null : keptByAll(list);
  // What who is outside has of the pot has no row anywhere.
  if (list === null || kept === null || epoch.outside_rao > 0) return null;
  const shares = new Float64Array(rows.length + 1 + REST_ROWS.length);
  const last = list.stages.reduce((found, one, index) => (keeps(one) && !hasFactor(one) ? found : index + 1), 0);
  const after = new Map(stages.rows.filter(({ stage }) => stage === last).map(({ position, share_after }) => [position, share_after]));
  if (last > 0 && after.size === 0) return null;
  let sum = 0;
  rows.forEach(({ position, final_weight }, k) => {
    const share = last > 0 ? (after.get(position) ?? 0) : kept > 0 ? final_weight / kept : 0;
    sum += share;
    shares[k] = last > 0 ? share * kept : final_weight;
  });
  const rest = rows.length + 1;
  shares[rest + BURN] = 1 - kept;
  const lacking = 1 - sum;
  if (list.residual === null) {
    if (sum === 0) shares[rest + UNALLOCATED] = kept;
  } else if (lacking >= ROUNDING) shares[rest + REST_ROWS.indexOf(list.residual)] += kept * lacking;
  return shares;
}

function lacking({ weights, pay, rules, stages }: EpochTables, shares: Float64Array | null, potRao: bigint | null): string {
  const tables = [
    ...(weights === null ? ["weights"] : []),
    ...(pay === null ? ["rewards"] : []),
    ...(rules.stages !== null && stages.rows.length === 0 && shares === null ? ["stage_weights"] : []),
    ...(pay !== null && potRao === null ? ["residuals"] : []),
  ];
  if (tables.length > 0) return `not recorded (record.tables: ${tables.join(", ")})`;
  return shares === null ? "the share of who is outside does not follow from what was recorded" : "";
}
