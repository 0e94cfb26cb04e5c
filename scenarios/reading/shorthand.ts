/** Sections of `index` that may stand empty. */
const MAY_BE_EMPTY_IN_INDEX = ["fund", "rewards", "anti_gaming", "consensus", "emission", "record", "shocks", "gaps", "colluding_groups"];

/** Sections that may stand empty in a file (`ledger:` with every key commented out). */
const MAY_BE_EMPTY = ["time", "ledger", "vesting", "emission", "record"];

/**
 * Writes short forms out, in place, so that whatever comes after sees one form: `emission: replay` is
 * `emission: { mode: replay }`, `market: recorded` is `market: { kind: recorded }`, and an empty section is left out.
 */
export function expandShorthand(scenario: Record<string, unknown>): void {
  if (typeof scenario.emission === "string") scenario.emission = { mode: scenario.emission };
  expandIndexShorthand(scenario.index);
  for (const section of MAY_BE_EMPTY) if (scenario[section] === null) delete scenario[section];
}

function expandIndexShorthand(index: unknown): void {
  if (!isMapping(index)) return;
  if (typeof index.market === "string") index.market = { kind: index.market };
  for (const group of Array.isArray(index.validators) ? index.validators : []) {
    if (isMapping(group) && typeof group.behaviour === "string") group.behaviour = { kind: group.behaviour };
  }
  for (const section of MAY_BE_EMPTY_IN_INDEX) if (index[section] === null) delete index[section];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
