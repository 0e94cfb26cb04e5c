import {
  explainFactor,
  type NamedTerm,
  RuleFault,
  ruleLabel,
  type StageConfiguration,
  type StageListConfiguration,
  stageOf,
} from "../engine/index.js";
import { heldExactly } from "./held-exactly.js";
import type { TableSource } from "./reading/columns.js";
import type { HoldingRow } from "./reading/holdings.js";
import { readTableRows } from "./reading/table-rows.js";

/** What one stage of a list did to a miner in an epoch. Shares are of the pot that `burn` leaves. */
export interface StageStep {
  /** Place in the scenario's list, from 1. */
  readonly stage: number;
  readonly name: string;
  /** Of a curve or a multiplier: which. */
  readonly variant: string | null;
  readonly share_before: number;
  /** Null for a stage that gives out shares anew. */
  readonly factor: number | null;
  readonly share_after: number;
  /** Its formula, term by term; empty where the results do not hold what it is made of. */
  readonly terms: readonly NamedTerm[];
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
  const own = rows.filter((row) => row.position === position).sort((a, b) => a.stage - b.stage);
  if (rows.length === 0) return null;
  return own.map((row) => {
    const configuration = list.stages[row.stage - 1];
    const isFactor = hasFactor(configuration);
    return {
      stage: row.stage,
      name: ruleLabel(configuration.stage),
      variant: variantLabel(configuration),
      share_before: row.share_before,
      factor: isFactor ? row.factor : null,
      share_after: row.share_after,
      terms: isFactor
        ? factorTerms(configuration, row.factor, holding)
        : rankTerms(
            row,
            rows.filter((other) => other.stage === row.stage),
          ),
    };
  });
}

/** Of a plug-in whose file was not read a factor is shown, which is 1 where it gave out shares anew. */
function hasFactor({ stage }: StageConfiguration): boolean {
  return !isRead(stage) || stageOf(stage).effect === "factor";
}

function isRead(rule: StageConfiguration["stage"] | StageConfiguration["variant"]): boolean {
  return typeof rule !== "object" || rule.rule !== null;
}

function variantLabel({ variant }: StageConfiguration): string | null {
  if (variant === undefined) return null;
  return typeof variant === "string" ? variant : ruleLabel(variant);
}

/** Empty where a stage asks for what the results do not hold: the price of the epoch, or the file of a plug-in. */
function factorTerms(configuration: StageConfiguration, factor: number, holding: HoldingRow | null): readonly NamedTerm[] {
  const { stage, parameters, variant } = configuration;
  if (holding === null || (parameters as { readonly unit?: string }).unit === "tao") return [];
  if (!isRead(stage) || !isRead(variant)) return [];
  const isReceived = holding.received_rao > 0;
  const miner = {
    stakeRao: holding.stake_rao,
    heldShare: isReceived ? holding.held_share : Number.NaN,
    heldDays: holding.held_days,
    exactly: isReceived ? heldExactly(holding) : null,
  };
  if (typeof stage === "string" && typeof variant !== "object") return explainFactor(configuration, miner);
  // A plug-in may ask for more than that, and answers something else then.
  const terms = unlessItFails(() => explainFactor(configuration, miner)) ?? [];
  return terms.at(-1)?.value === factor ? terms : [];
}

/** What a plug-in answers outside of a run; null where it throws. */
export function unlessItFails<Answer>(ask: () => Answer): Answer | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RuleFault) return null;
    throw error;
  }
}

/** Where a miner stands among those with a weight. */
function rankTerms({ share_before: own }: StageWeightRow, all: readonly StageWeightRow[]): readonly NamedTerm[] {
  if (own === 0) return [];
  const ranked = all.filter((row) => row.share_before > 0);
  const tied = ranked.filter((row) => row.share_before === own).length;
  return [
    { name: "rank", formula: "1 + how many have more", value: 1 + ranked.filter((row) => row.share_before > own).length },
    ...(tied > 1 ? [{ name: "tied", formula: "miners of the same weight, itself included", value: tied }] : []),
    { name: "ranked", formula: "miners with a weight", value: ranked.length },
  ];
}
