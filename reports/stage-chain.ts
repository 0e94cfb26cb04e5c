import {
  explainFactor,
  type NamedTerm,
  ruleLabel,
  type StageConfiguration,
  type StageListConfiguration,
  stageOf,
  withholdsBonus,
} from "../engine/index.js";
import { type AskedAgain, askAgain } from "./asked-again.js";
import { heldExactly } from "./held-exactly.js";
import type { TableSource } from "./reading/columns.js";
import type { HoldingRow } from "./reading/holdings.js";
import { readTableRows } from "./reading/table-rows.js";

/** What one stage of a list did to a miner in an epoch. Shares are of the pot that stages which keep leave, such as `burn`. */
export interface StageStep {
  /** Place in the scenario's list, from 1. */
  readonly stage: number;
  readonly name: string;
  /** Of a curve or a multiplier: which. */
  readonly variant: string | null;
  /** `factor` also where the file of a rule was not read and it gave out shares anew: its factor is 1 then. */
  readonly effect: "factor" | "share" | "keep";
  /** Null where all stages keep, and no shares were recorded. */
  readonly share_before: number | null;
  /** Null for a stage that gives out shares anew, or keeps. */
  readonly factor: number | null;
  /** What a stage that keeps leaves of the pot, 0..1; null for others, and where the file of a rule was not read. */
  readonly kept: number | null;
  readonly share_after: number | null;
  /** Its formula, term by term; empty where the results do not hold what it is made of. */
  readonly terms: readonly NamedTerm[];
  /** What is to be said of terms of a rule of one's own, in words; null: nothing. */
  readonly note: string | null;
}

interface StageWeightRow {
  readonly stage: number;
  readonly position: number;
  readonly share_before: number;
  readonly factor: number;
  readonly share_after: number;
}

/**
 * The stages of an epoch in their order; null where the run did not record them for this epoch.
 * @param holding of the miner in the epoch
 */
export async function stageChain(
  run: TableSource,
  list: StageListConfiguration,
  { netuid, epoch, position, holding }: { netuid: number; epoch: number; position: number; holding: HoldingRow | null },
): Promise<readonly StageStep[] | null> {
  if (!run.tables.includes("stage_weights")) return null;
  const rows = await readTableRows<StageWeightRow>(run, "stage_weights", { netuid, epoch });
  const own = new Map(rows.filter((row) => row.position === position).map((row) => [row.stage, row]));
  // Stages that keep have no rows.
  if (rows.length === 0 && !list.stages.every(keeps)) return null;
  if (rows.length > 0 && own.size === 0) return [];
  let shareSoFar = [...own.values()].sort((a, b) => a.stage - b.stage)[0]?.share_before ?? null;
  return list.stages.map((configuration, index) => {
    const row = own.get(index + 1);
    if (row === undefined) return keepStep(configuration, index + 1, shareSoFar);
    shareSoFar = row.share_after;
    const isFactor = hasFactor(configuration);
    const { terms, note } = isFactor ? factorTerms(list.stages, index, row.factor, holding) : { terms: rankTerms(row, rows), note: null };
    return {
      stage: row.stage,
      name: ruleLabel(configuration.stage),
      variant: variantLabel(configuration),
      effect: isFactor ? "factor" : "share",
      share_before: row.share_before,
      factor: isFactor ? row.factor : null,
      kept: null,
      share_after: row.share_after,
      terms,
      note,
    };
  });
}

function keepStep(configuration: StageConfiguration, stage: number, share: number | null): StageStep {
  return {
    stage,
    name: ruleLabel(configuration.stage),
    variant: null,
    effect: "keep",
    share_before: share,
    factor: null,
    kept: keptBy(configuration),
    share_after: share,
    terms: [],
    note: null,
  };
}

function keeps({ stage }: StageConfiguration): boolean {
  return isRead(stage) && stageOf(stage).effect === "keep";
}

function keptBy({ stage, parameters }: StageConfiguration): number | null {
  if (!isRead(stage)) return null;
  const declared = stageOf(stage);
  return declared.effect === "keep" ? declared.bind(parameters as never) : null;
}

/** Of a plug-in whose file was not read a factor is shown, which is 1 where it gave out shares anew. */
function hasFactor({ stage }: StageConfiguration): boolean {
  return !isRead(stage) || stageOf(stage).effect === "factor";
}

function isRead(rule: StageConfiguration["stage"] | StageConfiguration["variant"]): boolean {
  return typeof rule !== "object" || rule.rule !== null;
}

function variantLabel({ variant }: StageConfiguration): string | null {
  return variant === undefined ? null : ruleLabel(variant);
}

/** Empty where a stage asks for what the results do not hold: the price of the epoch, or the file of a plug-in. */
function factorTerms(stages: readonly StageConfiguration[], index: number, factor: number, holding: HoldingRow | null): AskedAgain {
  const configuration = stages[index];
  const { stage, parameters, variant } = configuration;
  const nothing = { terms: [], note: null };
  if (holding === null || (parameters as { readonly unit?: string }).unit === "tao") return nothing;
  if (!isRead(stage) || !isRead(variant)) return nothing;
  const isReceived = holding.received_rao > 0;
  const miner = {
    stakeRao: holding.stake_rao,
    heldShare: isReceived ? holding.held_share : Number.NaN,
    heldDays: holding.held_days,
    exactly: isReceived ? heldExactly(holding) : null,
  };
  const explain = () => explainFactor(configuration, miner);
  if (typeof stage === "object") {
    const { terms, note } = askAgain(ruleLabel(stage), factor, explain);
    // It may ask for more than results hold, and then answers something else.
    const isOfMore = note !== null && terms.length > 0;
    return isOfMore
      ? { terms: [], note: `${note} Its terms are not shown: it may depend on more than the results hold.` }
      : { terms, note };
  }
  if (typeof variant !== "object") return { terms: explain(), note: null };
  // A miner that received nothing is not asked about; a gate before may have withheld the bonus.
  const isAsked = isReceived && !(factor === 1 && stages.slice(0, index).some(withholdsBonus));
  return askAgain(ruleLabel(variant), isAsked ? factor : null, explain);
}

/** Where a miner stands among those with a weight. */
function rankTerms({ stage, share_before: own }: StageWeightRow, rows: readonly StageWeightRow[]): readonly NamedTerm[] {
  if (own === 0) return [];
  const ranked = rows.filter((row) => row.stage === stage && row.share_before > 0);
  const tied = ranked.filter((row) => row.share_before === own).length;
  return [
    { name: "rank", formula: "1 + how many have more", value: 1 + ranked.filter((row) => row.share_before > own).length },
    ...(tied > 1 ? [{ name: "tied", formula: "miners of the same weight, itself included", value: tied }] : []),
    { name: "ranked", formula: "miners with a weight", value: ranked.length },
  ];
}
