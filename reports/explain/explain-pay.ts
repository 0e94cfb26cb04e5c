import { type ResultTableName, TenureError } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { chosenPosition } from "../find-miner.js";
import { findParticipant } from "../index-subnet/find-participant.js";
import type { ParticipantRow } from "../index-subnet/index-rows.js";
import { readEpochs } from "../reading/epochs.js";
import { type PositionRow, readPositions } from "../reading/positions.js";
import { readTableRows } from "../reading/table-rows.js";
import { kindOf, rulesOf } from "../rules.js";
import { whosePay } from "../whose-pay.js";
import { type Counterfactual, counterfactualOf } from "./counterfactual.js";
import { type Explanation, explainEpoch } from "./explanation.js";
import { lackingTables } from "./lacking-tables.js";
import { lacksTerms } from "./lacking-terms.js";
import { withLastPaid } from "./recorded-last-paid.js";
import { type RunAgainAs, type RunAgainOptions, withRunAgain } from "./run-again.js";
import { explainRun, type RunExplanation } from "./run-explanation.js";

/** Whose pay is to be explained, and how. */
export interface ExplainPayOptions {
  readonly hotkey?: string | undefined;
  readonly position?: number | undefined;
  /** Left out: the whole run. */
  readonly epoch?: number | "last" | undefined;
  /** `path=value` texts; none: no counterfactual. */
  readonly counterfactual?: readonly string[] | undefined;
  /** How to run again. */
  readonly again?: RunAgainOptions | undefined;
  /** Do not run again for tables that the run lacks. */
  readonly recordedOnly?: boolean | undefined;
}

/** An explanation, and how it was come by. */
export interface PayExplanation {
  readonly explanation: Explanation | RunExplanation;
  /** Was the scenario run again, since the run lacks tables? */
  readonly ran_again: boolean;
  /**
   * What it was run again for, or is to be recorded since that could not be; of a validator also that the last epoch was taken, where none
   * was named. Null: nothing is to be said.
   */
  readonly note: string | null;
  readonly counterfactual: Counterfactual | null;
}

/**
 * Why somebody was paid what it was, in an epoch or over a whole run.
 * @throws TenureError `TEN-REPORT-001` to `-005`; of a counterfactual also those of `withRunAgain`
 */
export async function explainPay(run: OpenRun, options: ExplainPayOptions): Promise<PayExplanation> {
  const who = await whoIsMeant(run, options);
  const { netuid } = who.position;
  const epochs = await readEpochs(run);
  const last = options.epoch === "last" || who.kind === "validator";
  const wanted = typeof options.epoch === "number" ? options.epoch : undefined;
  const epoch = last || wanted !== undefined ? (epochs.choose(netuid, wanted) ?? null) : null;
  const isWhole = options.epoch === undefined && who.kind !== "validator";
  const rules = rulesOf(run, kindOf(run, netuid));
  const traced = epoch !== null && who.kind !== "validator" && lacksTerms(rules) ? { netuid, epoch: epoch.epoch } : null;
  const lacks =
    isWhole || epoch !== null ? lackingTables(run, rules, epochs, { of: who.kind === "validator" ? "validator" : who.of, epoch }) : [];
  const record = { everyEpochs: isWhole ? 1 : (epoch?.epoch ?? 1), without: isWhole ? UNREAD_OF_RUN : UNREAD_OF_EPOCH, traced };
  const explain = (from: OpenRun, position: number) => {
    from.checkAhead(isWhole ? READ_OF_RUN : READ_OF_EPOCH);
    return isWhole ? explainRun(from, position) : explainEpoch(from, who.of, { position, epoch: epoch?.epoch });
  };
  const { explanation, ranAgain, note } = await recordedOrAgain(run, lacks, record, options, (from) =>
    explain(from, who.position.position),
  );
  const isLeftToLast = who.kind === "validator" && options.epoch === undefined;
  const notes = [...(isLeftToLast ? [LAST_OF_VALIDATOR] : []), ...(note === null ? [] : [note])];
  const how = { ran_again: ranAgain, note: notes.length === 0 ? null : notes.join(" ") };
  const { counterfactual = [], again = {} } = options;
  if (counterfactual.length === 0) return { explanation, ...how, counterfactual: null };
  const would = await withRunAgain(run, { ...record, changes: counterfactual }, again, async (other) => {
    const position = await sameIn(other, who.position);
    const isThere = isWhole || (await readEpochs(other)).find(netuid, epoch?.epoch ?? -1) !== undefined;
    return position === null || !isThere ? null : explain(other, position);
  });
  return { explanation, ...how, counterfactual: counterfactualOf(counterfactual, explanation, would) };
}

/** The large tables that an explanation reads, in the order in which it does. */
const READ_OF_RUN: readonly ResultTableName[] = ["rewards", "weights", "stage_weights", "flows", "exits"];
const READ_OF_EPOCH: readonly ResultTableName[] = ["holdings", "weights", "rewards", "tranches", "exits", "stage_weights"];

/** Large tables that no explanation of a whole run reads, and none of an epoch. */
const UNREAD_OF_RUN: readonly ResultTableName[] = ["coldkeys", "holdings", "tranches"];
const UNREAD_OF_EPOCH: readonly ResultTableName[] = ["coldkeys", "flows"];

const LAST_OF_VALIDATOR = "Of a validator one epoch is explained, not the whole run: this is the last one, --epoch names another.";

interface Meant {
  readonly of: "participant" | "miner";
  readonly kind: "miner" | ParticipantRow["kind"];
  readonly position: PositionRow;
}

async function whoIsMeant(run: OpenRun, { hotkey, position }: ExplainPayOptions): Promise<Meant> {
  const { of, selection } = await whosePay(run, { hotkey, position });
  const positions = await readPositions(run);
  if (of === "miner") return { of, kind: "miner", position: chosenPosition(positions, selection) };
  const row = findParticipant(await readTableRows<ParticipantRow>(run, "participants"), selection);
  return { of, kind: row.kind, position: chosenPosition(positions, { position: row.position }) };
}

/** Codes of what keeps a finished run from being run again, which does not keep it from being read. */
const NOT_AGAIN = /^TEN-(RUN-002|REPORT-05[012]|PLUGIN-)/;

async function recordedOrAgain(
  run: OpenRun,
  lacks: readonly string[],
  record: Omit<RunAgainAs, "changes">,
  { again = {}, recordedOnly = false }: ExplainPayOptions,
  explain: (from: OpenRun) => Promise<Explanation | RunExplanation>,
): Promise<{ readonly explanation: Explanation | RunExplanation; readonly ranAgain: boolean; readonly note: string | null }> {
  const isTraced = record.traced != null && !recordedOnly;
  const keys = [...lacks, ...(isTraced ? ["terms that no table holds"] : [])].join("; ");
  if (lacks.length === 0 && !isTraced) return { explanation: await explain(run), ranAgain: false, note: null };
  const recorded = `The run did not record all of it (${keys}).`;
  if (recordedOnly) return { explanation: await explain(run), ranAgain: false, note: recorded };
  try {
    const found: Explanation | RunExplanation = await withRunAgain(run, { ...record, changes: [] }, again, explain);
    const explanation = await withLastPaid(found, run);
    return { explanation, ranAgain: true, note: `Ran again for what the run did not record (${keys}).` };
  } catch (error) {
    const isAsked = again.data !== undefined || again.rules !== undefined;
    if (!(error instanceof TenureError) || !NOT_AGAIN.test(error.code) || isAsked) throw error;
    return { explanation: await explain(run), ranAgain: false, note: `${recorded} ${error.what} ${error.hint ?? ""}`.trim() };
  }
}

/** The same position in another run, or the only one of its hotkey there, as a coldkey may be another one; null: it is not there. */
async function sameIn(other: OpenRun, { netuid, hotkey, coldkey }: PositionRow): Promise<number | null> {
  const ofHotkey = [...(await readPositions(other)).values()].filter((row) => row.netuid === netuid && row.hotkey === hotkey);
  const same = ofHotkey.find((row) => row.coldkey === coldkey);
  if (same !== undefined) return same.position;
  return ofHotkey.length === 1 ? ofHotkey[0].position : null;
}
