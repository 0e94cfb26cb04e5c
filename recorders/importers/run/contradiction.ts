import { TenureError } from "../../../engine/index.js";

/** The refusal of tables that do not tell one story; what is made of them would not be what the run did. */
export function contradiction(table: string, what: string, found: unknown, allowed: string, timeMs?: number): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-053",
    what: `The tables of the run contradict each other: ${what}.`,
    place: { path: table, ...(timeMs === undefined ? {} : { timeMs }) },
    found,
    allowed,
    hint: "Run the scenario again; a table may be of another version of Tenure.",
  });
}
