import { type IndexSubnetConfiguration, type NamedTerm, type RewardsConfiguration, ruleLabel } from "../../engine/index.js";
import type { TableSource } from "../reading/columns.js";
import { type EpochRow, readEpochs } from "../reading/epochs.js";
import { readHoldings } from "../reading/holdings.js";
import { readTableRows } from "../reading/table-rows.js";
import { readWeights } from "../reading/weights.js";
import { type MultiplierEffect, multiplierEffect, type RunRules } from "../rules.js";
import { type StageChain, stageChain } from "../stage-chain.js";
import type { StageStep } from "../stage-step.js";
import type { FlagRow, ParticipantRow, PayoutRow, ScoreRow, SlashRow, SubmissionRow, TradeRow, ValidatorRow } from "./index-rows.js";
import { scoreTerms } from "./score-terms.js";

/** Rules of rewards; a score of one's own is called by its name. */
export interface ReportedRewards extends Omit<RewardsConfiguration, "score"> {
  readonly score: Omit<RewardsConfiguration["score"], "formula"> & { readonly formula: string };
}

/** From a participant's volumes to its pay in an epoch. What the run did not record is null. */
export interface ParticipantReport {
  readonly kind: "participant";
  readonly participant: ParticipantRow;
  readonly epoch: EpochRow | null;
  readonly rewards: ReportedRewards;
  readonly score: ScoreRow | null;
  /** The formula of the score, term by term, the score last, before anti-gaming cut it; null where it cannot be told. */
  readonly score_terms: readonly NamedTerm[] | null;
  /** What is to be said of the terms of a score of one's own, in words; null: nothing. */
  readonly terms_note: string | null;
  readonly payout: PayoutRow | null;
  /** What was noticed about it in the epoch. */
  readonly flags: readonly FlagRow[] | null;
  /** Flags of the whole run. */
  readonly flags_in_run: number | null;
  readonly trades: readonly TradeRow[] | null;
  /** The stages that share the base pool; null where there are none. */
  readonly stages: readonly StageStep[] | null;
  /** What is to be recorded to know more of the stages, in words; null: nothing. */
  readonly stages_note: string | null;
  /** Of the stages. */
  readonly multiplier_effect: MultiplierEffect;
  /** Why rules of files are not asked for their terms, in words. */
  readonly unread: readonly string[];
  /** What the base pool is shared by. */
  readonly base_by: "volume" | "score" | "stages";
}

/** What a validator handed in, how it stood and what it lost. What the run did not record is null. */
export interface ValidatorReport {
  readonly kind: "validator";
  readonly validator: ParticipantRow;
  readonly behaviour: string;
  readonly epoch: EpochRow | null;
  readonly standing: ValidatorRow | null;
  readonly submission: SubmissionRow | null;
  /** Submissions of the whole run that were astray, in order. */
  readonly deviations: readonly SubmissionRow[] | null;
  readonly slashes: readonly SlashRow[] | null;
  /** First epoch after which it was suspended; null: never. */
  readonly suspended_epoch: number | null;
}

export async function participantReport(
  run: TableSource,
  index: IndexSubnetConfiguration,
  rules: RunRules,
  participant: ParticipantRow,
  wantedEpoch?: number,
): Promise<ParticipantReport> {
  const effect = multiplierEffect(rules);
  const epochs = await readEpochs(run);
  const epoch = epochs.choose(index.netuid, wantedEpoch) ?? null;
  const chain = epoch === null ? null : await stagesOf(run, rules, epoch, epochs.isLast(epoch), participant);
  const own = { participant: participant.participant };
  const at = { ...own, epoch: epoch?.epoch ?? -1 };
  const flags = await rowsOf<FlagRow>(run, "flags", own);
  const { rewards } = index;
  const { formula } = rewards.score;
  const score = (await rowsOf<ScoreRow>(run, "scores", at))?.[0] ?? null;
  const asked = score === null ? null : scoreTerms(rewards, score);
  return {
    kind: "participant",
    participant,
    epoch,
    rewards: { ...rewards, score: { ...rewards.score, formula: ruleLabel(formula) } },
    score,
    score_terms: asked === null || asked.terms.length === 0 ? null : asked.terms,
    terms_note: asked?.note ?? null,
    payout: (await rowsOf<PayoutRow>(run, "payouts", at))?.[0] ?? null,
    flags: flags?.filter((flag) => flag.epoch === epoch?.epoch) ?? null,
    flags_in_run: flags?.length ?? null,
    trades: await rowsOf<TradeRow>(run, "trades", at),
    stages: chain?.steps ?? null,
    stages_note: chain?.note ?? null,
    multiplier_effect: effect,
    unread: rules.stages === null && typeof formula === "string" ? [] : (rules.unread ?? []),
    base_by: rules.stages === null || effect === "off" ? index.rewards.baseBy : effect === "applied" ? "stages" : "score",
  };
}

async function stagesOf(
  run: TableSource,
  rules: RunRules,
  epoch: EpochRow,
  isLast: boolean,
  { position }: ParticipantRow,
): Promise<StageChain> {
  const epochOf = (one: number) => (one === position ? epoch.epoch : undefined);
  const holding = (await readHoldings(run, epochOf)).get(position) ?? null;
  const weight = (await readWeights(run, epochOf)).get(position) ?? null;
  return stageChain(run, rules, { epoch, isLast, position, holding, weight });
}

export async function validatorReport(
  run: TableSource,
  index: IndexSubnetConfiguration,
  validator: ParticipantRow,
  wantedEpoch?: number,
): Promise<ValidatorReport> {
  const epoch = (await readEpochs(run)).choose(index.netuid, wantedEpoch) ?? null;
  const own = { validator: validator.participant };
  const submissions = await rowsOf<SubmissionRow>(run, "submissions", own);
  const standings = await rowsOf<ValidatorRow>(run, "validators", own);
  return {
    kind: "validator",
    validator,
    behaviour: index.validators.find(({ name }) => name === validator.group_name)?.behaviour.kind ?? "",
    epoch,
    standing: standings?.find((row) => row.epoch === epoch?.epoch) ?? null,
    submission: submissions?.find((row) => row.epoch === epoch?.epoch) ?? null,
    deviations: submissions?.filter(({ severity }) => severity !== "none") ?? null,
    slashes: await rowsOf<SlashRow>(run, "slashes", own),
    suspended_epoch: standings?.find(({ status }) => status === "suspended")?.epoch ?? null,
  };
}

/** Rows of a table, or null where the run did not record it. */
async function rowsOf<Row extends object>(
  run: TableSource,
  table: Parameters<typeof readTableRows>[1],
  where: Readonly<Record<string, number>>,
): Promise<Row[] | null> {
  return run.tables.includes(table) ? readTableRows<Row>(run, table, where) : null;
}
