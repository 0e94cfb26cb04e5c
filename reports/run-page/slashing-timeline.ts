import type { TableSource } from "../reading/columns.js";
import { readTableRows } from "../reading/table-rows.js";

/** A slash of a validator's stake, as it stands at the end of the run. */
export interface SlashEvent {
  readonly slash: number;
  readonly time_ms: number;
  readonly validator: string;
  readonly severity: string;
  readonly cause: string;
  readonly amount_rao: number;
  readonly taken_rao: number;
  readonly state: string;
}

interface SlashRow extends Omit<SlashEvent, "validator"> {
  readonly validator: number;
}

interface ParticipantRow {
  readonly participant: number;
  readonly name: string;
}

/** In the order they were decided; a slash that was held back and then settled is one. Empty where there is none, or no table tells. */
export async function readSlashes(run: TableSource): Promise<readonly SlashEvent[]> {
  if (!run.tables.includes("slashes")) return [];
  const rows = await readTableRows<SlashRow>(run, "slashes");
  if (rows.length === 0) return [];
  const participants = run.tables.includes("participants") ? await readTableRows<ParticipantRow>(run, "participants") : [];
  const names = new Map(participants.map(({ participant, name }) => [participant, name]));
  // The last row of a slash says how it ended.
  const settled = new Map(rows.map((row) => [row.slash, row]));
  return [...settled.values()]
    .sort((a, b) => a.time_ms - b.time_ms || a.slash - b.slash)
    .map(({ slash, time_ms, validator, severity, cause, amount_rao, taken_rao, state }) => ({
      slash,
      time_ms,
      validator: names.get(validator) ?? `validator ${validator}`,
      severity,
      cause,
      amount_rao,
      taken_rao,
      state,
    }));
}
