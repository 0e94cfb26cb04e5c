/** Sections that may stand empty in a file (`ledger:` with every key commented out). */
const MAY_BE_EMPTY = ["time", "ledger", "vesting", "emission", "record"];

/**
 * Writes short forms out, in place, so that whatever comes after sees one form: `emission: replay` is
 * `emission: { mode: replay }`, and an empty section is left out.
 */
export function expandShorthand(scenario: Record<string, unknown>): void {
  if (typeof scenario.emission === "string") scenario.emission = { mode: scenario.emission };
  for (const section of MAY_BE_EMPTY) if (scenario[section] === null) delete scenario[section];
}
