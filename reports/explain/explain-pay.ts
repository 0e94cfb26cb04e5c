import { type ResultTableName, TenureError } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { chosenPosition, fittingPositions } from "../find-miner.js";
import { findParticipant } from "../index-subnet/find-participant.js";
import type { ParticipantRow } from "../index-subnet/index-rows.js";
import type { MinerSelection } from "../miner-report.js";
import { readEpochs } from "../reading/epochs.js";
import { type PositionRow, readPositions } from "../reading/positions.js";
import { readTableRows } from "../reading/table-rows.js";
import { kindOf, rulesOf } from "../rules.js";
import { whosePay } from "../whose-pay.js";
import type { AnyExplanation } from "./any-explanation.js";
import type { Asked } from "./asked.js";
import { type Counterfactual, counterfactualOf } from "./counterfactual.js";
import { explainEpoch } from "./explanation.js";
import { lackingTables } from "./lacking-tables.js";
import { lacksPools, lacksTerms } from "./lacking-terms.js";
import { askRater } from "./rater/ask-rater.js";
import { findRater, type Rater, ratersOf } from "./rater/find-rater.js";
import { recordedOrAgain } from "./recorded-or-again.js";
import { foundAt, type RunAgainOptions, refuseOtherFolders, withRunAgain } from "./run-again.js";
import { explainRun } from "./run-explanation.js";

/** Whose pay is to be explained, and how. */
export interface ExplainPayOptions {
  readonly hotkey?: string | undefined;
  readonly position?: number | undefined;
  /** On this subnet; left out: on whatever subnet. */
  readonly netuid?: number | undefined;
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
  readonly explanation: AnyExplanation;
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
 * @throws TenureError `TEN-REPORT-001` to `-005`, `-055`, `-056`; of a counterfactual also those of `withRunAgain`
 */
export async function explainPay(found: OpenRun, options: ExplainPayOptions): Promise<PayExplanation> {
  const run = foundAt(found, options.again?.data);
  const who = await whoIsMeant(run, options);
  const asked: Asked<AnyExplanation> =
    who.kind === "rater" ? await askRater(run, who.rater, options.epoch) : await askPosition(run, who, options);
  const { explanation, ranAgain, note } = await recordedOrAgain(run, asked.lacks, asked.record, options, asked.explain);
  const notes = [...(asked.isLeftToLast ? [LAST_OF_VALIDATOR] : []), ...(note === null ? [] : [note])];
  const how = { ran_again: ranAgain, note: notes.length === 0 ? null : notes.join(" ") };
  const { counterfactual = [], again = {} } = options;
  if (counterfactual.length === 0) {
    if (!ranAgain) await refuseOtherFolders(found, again);
    return { explanation, ...how, counterfactual: null };
  }
  const would = await withRunAgain(run, { ...asked.record, changes: counterfactual }, again, asked.explainOther);
  return { explanation, ...how, counterfactual: counterfactualOf(counterfactual, explanation, would) };
}

const LAST_OF_VALIDATOR = "Of a validator one epoch is explained, not the whole run: this is the last one, --epoch names another.";

async function askPosition(run: OpenRun, who: PositionMeant, options: ExplainPayOptions): Promise<Asked<AnyExplanation>> {
  const { netuid, position } = who.position;
  const epochs = await readEpochs(run);
  const last = options.epoch === "last" || who.kind === "validator";
  const wanted = typeof options.epoch === "number" ? options.epoch : undefined;
  const epoch = last || wanted !== undefined ? (epochs.choose(netuid, wanted) ?? null) : null;
  const isWhole = options.epoch === undefined && who.kind !== "validator";
  const rules = rulesOf(run, kindOf(run, netuid));
  const traced = epoch !== null && who.kind !== "validator" && lacksTerms(rules) ? { netuid, epoch: epoch.epoch } : null;
  const followed = isWhole && lacksPools(rules) ? { netuid, position } : null;
  const explain = (from: OpenRun, of: number) => {
    from.checkAhead(isWhole ? READ_OF_RUN : READ_OF_EPOCH);
    return isWhole ? explainRun(from, of) : explainEpoch(from, who.of, { position: of, epoch: epoch?.epoch });
  };
  return {
    lacks:
      isWhole || epoch !== null ? lackingTables(run, rules, epochs, { of: who.kind === "validator" ? "validator" : who.of, epoch }) : [],
    record: { everyEpochs: isWhole ? 1 : (epoch?.epoch ?? 1), without: isWhole ? UNREAD_OF_RUN : UNREAD_OF_EPOCH, traced, followed },
    isLeftToLast: who.kind === "validator" && options.epoch === undefined,
    explain: (from) => explain(from, position),
    explainOther: async (other) => {
      const same = await sameIn(other, who.position);
      const isThere = isWhole || (await readEpochs(other)).find(netuid, epoch?.epoch ?? -1) !== undefined;
      return same === null || !isThere ? null : explain(other, same);
    },
  };
}

/** The large tables that an explanation reads, in the order in which it does. */
const READ_OF_RUN: readonly ResultTableName[] = ["rewards", "weights", "stage_weights", "flows", "exits"];
const READ_OF_EPOCH: readonly ResultTableName[] = ["holdings", "weights", "rewards", "tranches", "exits", "stage_weights"];

/** Large tables that no explanation of a whole run reads, and none of an epoch. */
const UNREAD_OF_RUN: readonly ResultTableName[] = ["coldkeys", "holdings", "tranches"];
const UNREAD_OF_EPOCH: readonly ResultTableName[] = ["coldkeys", "flows"];

interface PositionMeant {
  readonly of: "participant" | "miner";
  readonly kind: "miner" | ParticipantRow["kind"];
  readonly position: PositionRow;
}

/** A position; or a validator of a closed loop, which has none. */
async function whoIsMeant(
  run: OpenRun,
  { hotkey, position, netuid }: ExplainPayOptions,
): Promise<PositionMeant | { readonly kind: "rater"; readonly rater: Rater }> {
  const all = await readPositions(run);
  const positions = netuid === undefined ? all : new Map([...all].filter(([, row]) => row.netuid === netuid));
  const rated = ratersOf(run);
  const raters = rated.filter((one) => netuid === undefined || one.netuid === netuid);
  if (netuid !== undefined && positions.size + raters.length === 0) {
    refuseNetuid(netuid, [...new Set([...[...all.values()].map((row) => row.netuid), ...rated.map((one) => one.netuid)])]);
  }
  if (hotkey !== undefined) {
    const found = fittingPositions([...positions.values()], hotkey);
    const isPosition = found.some((row) => row.hotkey === hotkey) || (found.length > 0 && !raters.some(({ name }) => name === hotkey));
    const rater = isPosition ? null : findRater(raters, hotkey);
    if (rater !== null) return { kind: "rater", rater };
    const isNarrowed = netuid !== undefined || found.length === 0;
    const beside = raters.map(({ name }) => name);
    return positionMeant(run, all, isNarrowed ? { position: chosenPosition(positions, { hotkey }, beside).position } : { hotkey });
  }
  return positionMeant(run, all, { position });
}

async function positionMeant(run: OpenRun, positions: ReadonlyMap<number, PositionRow>, asked: MinerSelection): Promise<PositionMeant> {
  const { of, selection } = await whosePay(run, asked);
  if (of === "miner") return { of, kind: "miner", position: chosenPosition(positions, selection) };
  const row = findParticipant(await readTableRows<ParticipantRow>(run, "participants"), selection);
  return { of, kind: row.kind, position: chosenPosition(positions, { position: row.position }) };
}

function refuseNetuid(netuid: number, known: readonly number[]): never {
  throw new TenureError({
    code: "TEN-REPORT-056",
    what: "Nobody is on such a subnet in this run.",
    place: { path: "--netuid" },
    found: netuid,
    allowed: known.toSorted((a, b) => a - b).join(", "),
    hint: "`tenure show <run-dir>` lists the miners of each subnet.",
  });
}

/** The same position in another run, or the only one of its hotkey there, as a coldkey may be another one; null: it is not there. */
async function sameIn(other: OpenRun, { netuid, hotkey, coldkey }: PositionRow): Promise<number | null> {
  const ofHotkey = [...(await readPositions(other)).values()].filter((row) => row.netuid === netuid && row.hotkey === hotkey);
  const same = ofHotkey.find((row) => row.coldkey === coldkey);
  if (same !== undefined) return same.position;
  return ofHotkey.length === 1 ? ofHotkey[0].position : null;
}
