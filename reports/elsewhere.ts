import { isRead, type StageListConfiguration } from "../engine/index.js";
import type { IndexSummaryEntry } from "../recorders/index.js";
import type { StageWeightRow } from "./rank-terms.js";
import type { ResidualsRow } from "./reading/residuals.js";
import { type Elsewhere, hasFactor, keeps, keptBy } from "./stage-step.js";

/** What the shares of all lack of 1 by rounding alone. */
const ROUNDING = 1e-12;

/** Can a list of stages send anything elsewhere than to miners? What is not known may. */
export function sendsElsewhere({ stages, residual }: StageListConfiguration): boolean {
  return residual !== null || stages.some((one) => !isRead(one.stage) || keeps(one));
}

/** What stages sent elsewhere of all pots of an index subnet, rao: neither paid, nor burnt or left by its own rules. */
export function elsewhereOnIndex({
  pot_rao,
  miners_rao,
  validators_rao,
  burnt_rao,
  unallocated_rao,
}: IndexSummaryEntry["emission"]): bigint {
  return [miners_rao, validators_rao, burnt_rao, unallocated_rao].reduce((left, rao) => left - BigInt(rao), BigInt(pot_rao));
}

/** What all stages that keep leave of the pot, 0..1; null where a file was not read. */
export function keptByAll({ stages }: Pick<StageListConfiguration, "stages">): number | null {
  let kept: number | null = 1;
  for (const one of stages) {
    if (isRead(one.stage) && hasFactor(one)) continue;
    if (!isRead(one.stage)) kept = null;
    else if (keeps(one) && kept !== null) kept *= keptBy(one) ?? 1;
  }
  return kept;
}

/** What of the whole pot the stage at `at`, from 0, keeps, 0..1; 0 where it keeps nothing. Null where it or one before was not read. */
export function keptAt({ stages }: StageListConfiguration, at: number): number | null {
  const left = keptByAll({ stages: stages.slice(0, at) });
  if (left === null || !keeps(stages[at])) return left === null ? null : 0;
  const share = keptBy(stages[at]);
  return share === null ? null : left * (1 - share);
}

/**
 * What went elsewhere in an epoch: what the table `residuals` holds, else what follows from the shares of all miners. Null where
 * neither tells.
 * @param recorded null: not recorded, or nothing was paid by the list
 * @param rows of `stage_weights`, of all miners of the epoch
 * @param hasOutside whether somebody shares who has no rows
 */
export function elsewhereOf(
  list: StageListConfiguration,
  recorded: readonly ResidualsRow[] | null,
  rows: readonly StageWeightRow[],
  hasOutside: boolean,
): readonly Elsewhere[] | null {
  if (recorded !== null) return recorded;
  const kept = keptByAll(list);
  if (kept === null) return null;
  const burnt = kept < 1 ? [{ goes_to: "burn", share: 1 - kept, amount_rao: null }] : [];
  if (list.residual === null) return burnt;
  if (hasOutside || rows.length === 0) return null;
  let last = 0;
  for (const { stage } of rows) if (stage > last) last = stage;
  let lacking = 1;
  for (const { stage, share_after } of rows) if (stage === last) lacking -= share_after;
  if (lacking < ROUNDING) return burnt;
  const share = kept * lacking;
  if (list.residual === "burn") return [{ goes_to: "burn", share: 1 - kept + share, amount_rao: null }];
  return [...burnt, { goes_to: list.residual, share, amount_rao: null }];
}
