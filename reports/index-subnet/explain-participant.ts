import { InvariantError } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { scenarioFromResolved } from "../../scenarios/index.js";
import { readTableRows } from "../reading/table-rows.js";
import { rulesToExplain } from "../rules.js";
import { findParticipant } from "./find-participant.js";
import type { ParticipantRow } from "./index-rows.js";
import { type ParticipantReport, participantReport, type ValidatorReport, validatorReport } from "./participant-report.js";

/**
 * Why a participant of an index subnet was paid what it was, or what a validator handed in and lost.
 * Refusals: `TEN-REPORT-001` to `-004`.
 */
export async function explainParticipant(
  run: OpenRun,
  selection: { readonly hotkey?: string | undefined; readonly position?: number | undefined; readonly epoch?: number | undefined },
): Promise<ParticipantReport | ValidatorReport> {
  const { index } = scenarioFromResolved(run.manifest.scenario.resolved).configuration;
  if (index === null) throw new InvariantError("the run has no index subnet");
  const row = findParticipant(await readTableRows<ParticipantRow>(run, "participants"), selection);
  return row.kind === "validator" ? validatorReport(run, index, row, selection.epoch) : explained(run, row, selection.epoch);
}

/** With the rules of files, where these are as they were. */
async function explained(run: OpenRun, row: ParticipantRow, epoch: number | undefined): Promise<ParticipantReport> {
  const rules = await rulesToExplain(run);
  if (rules.index == null) throw new InvariantError("the run has no index subnet");
  return participantReport(run, rules.index, rules, row, epoch);
}
