import {
  asksPrice,
  type EpochTrace,
  type OneMiner,
  ruleLabel,
  type StageConfiguration,
  type StageListConfiguration,
} from "../engine/index.js";
import { elsewhereOf, keptByAll } from "./elsewhere.js";
import { type AskedMiner, factorTerms } from "./factor-terms.js";
import { heldExactly } from "./held-exactly.js";
import { rankTerms, type StageWeightRow } from "./rank-terms.js";
import type { TableSource } from "./reading/columns.js";
import type { EpochRow } from "./reading/epochs.js";
import type { HoldingRow } from "./reading/holdings.js";
import { readPriceInForce } from "./reading/price-in-force.js";
import { type ResidualsRow, readResiduals } from "./reading/residuals.js";
import { readTableRows } from "./reading/table-rows.js";
import type { WeightRow } from "./reading/weights.js";
import { multiplierEffect, type RunRules, sharesOwnPots } from "./rules.js";
import { stageCeiling } from "./stage-ceiling.js";
import { gateBy, hasFactor, keeps, keptBy, type StageStep } from "./stage-step.js";
import { poolSteps, tracedFactor, tracedMiner } from "./traced-stages.js";

/** The stages of a list in their order. */
export interface StageChain {
  /** Empty where they had nothing to do with it; null where the rule is no list, or no stage counts. */
  readonly steps: readonly StageStep[] | null;
  /** What is to be recorded to know more, in words; null: nothing. */
  readonly note: string | null;
}

/** Of whom, and when. */
export interface ChainOf {
  readonly epoch: EpochRow;
  readonly isLast: boolean;
  readonly position: number;
  readonly holding: HoldingRow | null;
  readonly weight: WeightRow | null;
}

/** What a run recorded of the stages of an epoch, of all miners. */
export interface StageTables {
  /** Of `stage_weights`; empty where nothing was recorded. */
  readonly rows: readonly StageWeightRow[];
  /** TAO per alpha at its end; null: not known. */
  readonly price: number | null;
  /** Null: not recorded, or nothing was paid by the list. */
  readonly residuals: readonly ResidualsRow[] | null;
  /** Terms as they were computed; null: they were not traced. */
  readonly trace: EpochTrace | null;
}

/** What the stages did to a miner in an epoch: as recorded; where that was not, as far as it follows from what was. */
export async function stageChain(run: TableSource & { readonly trace?: EpochTrace }, rules: RunRules, of: ChainOf): Promise<StageChain> {
  return rules.stages === null ? { steps: null, note: null } : chainOf(run, rules, await readStageTables(run, rules, of.epoch), of);
}

/** Everything is empty where no list of stages counts. */
export async function readStageTables(
  run: TableSource & { readonly trace?: EpochTrace },
  rules: RunRules,
  { netuid, epoch, end_ms }: EpochRow,
): Promise<StageTables> {
  const list = rules.stages;
  const effect = multiplierEffect(rules);
  if (list === null || effect === "off") return { rows: [], price: null, residuals: null, trace: null };
  const isRecorded = run.tables.includes("stage_weights");
  const rows = isRecorded ? await readTableRows<StageWeightRow>(run, "stage_weights", { netuid, epoch }) : [];
  const price = list.stages.some((one) => asksPrice(one) || !isBuiltIn(one)) ? await readPriceInForce(run, netuid, end_ms) : null;
  const residuals = effect === "applied" ? await readResiduals(run, netuid, epoch) : null;
  return { rows, price, residuals, trace: run.trace?.isOf(netuid, epoch) === true ? run.trace : null };
}

/** The same of tables that were read for all miners. */
export function chainOf(
  run: Pick<TableSource, "tables">,
  rules: RunRules,
  { rows, price, residuals, trace }: StageTables,
  { epoch, isLast, ...of }: ChainOf,
): StageChain {
  const list = rules.stages;
  if (list === null || multiplierEffect(rules) === "off") return { steps: null, note: null };
  const { netuid } = epoch;
  const isRecorded = run.tables.includes("stage_weights");
  const own = new Map(rows.filter(({ position }) => position === of.position).map((row) => [row.stage, row]));
  const hadNone = run.tables.includes("weights") && rules.beforeRule !== "rewards" && of.weight === null;
  if (hadNone || (rows.length > 0 && own.size === 0)) return { steps: [], note: null };
  // Stages that keep have no rows.
  const isMissing = rows.length === 0 && !list.stages.every(keeps);
  const asked: AskedMiner = { stages: list.stages, netuid, miner: minerOf(of.holding, price) };
  const hasOutside = rules.emission.outside !== null && !sharesOwnPots(rules.beforeRule);
  let shareSoFar = [...own.values()].sort((a, b) => a.stage - b.stage)[0]?.share_before ?? null;
  const traced = tracedMiner(trace, of.position);
  const steps = list.stages.map((configuration, index): StageStep => {
    const told = traced(index);
    const row = own.get(index + 1);
    const stage = {
      ...NOTHING,
      stage: index + 1,
      name: ruleLabel(configuration.stage),
      variant: variantLabel(configuration),
      ...gateBy(configuration),
    };
    if (row === undefined && (!isMissing || keeps(configuration))) {
      return { ...stage, variant: null, effect: "keep", share_before: shareSoFar, share_after: shareSoFar, kept: keptBy(configuration) };
    }
    if (row !== undefined) shareSoFar = row.share_after;
    const shares = { share_before: row?.share_before ?? null, share_after: row?.share_after ?? null };
    if (!hasFactor(configuration)) {
      const terms = told !== null ? told.terms : row === undefined ? [] : rankTerms(row, rows, configuration);
      return {
        ...stage,
        ...shares,
        effect: "share",
        terms,
        pools: told === null ? [] : poolSteps(told, configuration, list.residual !== null),
      };
    }
    const ceiling = list.residual === null ? null : stageCeiling(configuration, row, hasOutside);
    const asKnown = factorTerms(asked, index, row?.factor ?? null);
    return { ...stage, ...shares, effect: "factor", ceiling, ...(told === null ? asKnown : tracedFactor(told, asKnown)) };
  });
  steps.push(residualStep(list, shareSoFar, elsewhereOf(list, residuals, rows, hasOutside)));
  return { steps, note: isMissing ? missingWords(run, of, isRecorded, isLast, steps) : null };
}

const NOTHING = {
  share_before: null,
  factor: null,
  ceiling: null,
  kept: null,
  share_after: null,
  withheld_by: null,
  elsewhere: null,
  terms: [],
  pools: [],
  note: null,
} as const;

function residualStep(list: StageListConfiguration, share: number | null, elsewhere: StageStep["elsewhere"]): StageStep {
  const kept = keptByAll(list);
  return {
    ...NOTHING,
    stage: list.stages.length + 1,
    name: "residual",
    variant: list.residual ?? "normalise",
    effect: "residual",
    share_before: share,
    share_after: share === null || kept === null ? null : share * kept,
    elsewhere,
  };
}

function minerOf(holding: HoldingRow | null, price: number | null): OneMiner | null {
  if (holding === null) return null;
  const isReceived = holding.received_rao > 0;
  return {
    stakeRao: holding.stake_rao,
    heldShare: isReceived ? holding.held_share : Number.NaN,
    heldDays: holding.held_days,
    exactly: isReceived ? heldExactly(holding) : null,
    priceTaoPerAlpha: price ?? 0,
  };
}

function isBuiltIn({ stage, variant }: StageConfiguration): boolean {
  return typeof stage === "string" && typeof variant !== "object";
}

function variantLabel({ variant }: StageConfiguration): string | null {
  return variant === undefined ? null : ruleLabel(variant);
}

/** What a run is to record for shares by stage, and what is known without them. */
function missingWords(
  { tables }: Pick<TableSource, "tables">,
  { holding, weight }: Pick<ChainOf, "holding" | "weight">,
  isRecorded: boolean,
  isLast: boolean,
  steps: readonly StageStep[],
): string {
  const keys = [...(isRecorded ? [] : ["record.tables: stage_weights"]), ...(isLast ? [] : ["record.stage_weights: every"])];
  const missing = `The run did not record what its stages did in this epoch (${keys.join(", ")})`;
  const product = weight === null ? "" : `; the product of its factors was ${weight.shadow_multiplier}`;
  const holdings = tables.includes("holdings") ? "" : ", and not its holdings, of which factors could be asked (record.tables: holdings)";
  if (holding === null) return `${missing}${holdings}${product}.`;
  const again = steps.flatMap(({ effect, factor }) => (effect === "factor" ? [factor] : []));
  if (again.length === 0 || again.every((factor) => factor === null)) return `${missing}${product}.`;
  return `${missing}${product}. Factors are asked again of what it held${differs(again, weight) ? ", and multiply to something else: a rule depends on more than the results hold" : ""}.`;
}

function differs(factors: readonly (number | null)[], weight: WeightRow | null): boolean {
  if (weight === null || factors.some((factor) => factor === null)) return false;
  const product = factors.reduce<number>((all, factor) => all * (factor ?? 1), 1);
  return Math.abs(product - weight.shadow_multiplier) > 1e-9 * Math.max(1, weight.shadow_multiplier);
}
