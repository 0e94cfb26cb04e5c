/** A section that may be one word instead, and the key that the word is of; `*` is any entry of a list. */
interface ShortForm {
  readonly at: readonly string[];
  readonly key: string;
}

const SHORT_FORMS: readonly ShortForm[] = [
  { at: ["emission"], key: "mode" },
  { at: ["index", "market"], key: "kind" },
  { at: ["index", "validators", "*", "behaviour"], key: "kind" },
];

/** Short forms that the schema knows, too: they are written out only where another key of the section is set. */
const KNOWN_SHORT_FORMS: readonly ShortForm[] = [
  { at: ["closed_loop", "market"], key: "kind" },
  { at: ["closed_loop", "miners", "*", "strategy"], key: "kind" },
  { at: ["closed_loop", "validators", "*", "behaviour"], key: "kind" },
  { at: ["closed_loop", "alternatives", "strategies", "*"], key: "kind" },
  { at: ["handed_over", "*", "strategy"], key: "kind" },
];

/** Sections of `index` that may stand empty. */
const MAY_BE_EMPTY_IN_INDEX = ["fund", "rewards", "anti_gaming", "consensus", "emission", "record", "shocks", "gaps", "colluding_groups"];

/** Sections that may stand empty in a file (`ledger:` with every key commented out). */
const MAY_BE_EMPTY = ["time", "ledger", "vesting", "emission", "record"];

/**
 * Writes short forms out, in place, so that whatever comes after sees one form: `emission: replay` is
 * `emission: { mode: replay }`, `market: recorded` is `market: { kind: recorded }`, and an empty section is left out.
 */
export function expandShorthand(scenario: Record<string, unknown>): void {
  for (const { at, key } of SHORT_FORMS) expand(scenario, at, key);
  for (const section of MAY_BE_EMPTY) if (scenario[section] === null) delete scenario[section];
  if (!isMapping(scenario.index)) return;
  for (const section of MAY_BE_EMPTY_IN_INDEX) if (scenario.index[section] === null) delete scenario.index[section];
}

/** The key that a word at this path is short for: `mode` for `emission`; undefined where there is no short form. */
export function shortFormKey(path: readonly (string | number)[]): string | undefined {
  const isAt = (at: readonly string[]) => at.length === path.length && at.every((step, i) => step === "*" || step === path[i]);
  return [...SHORT_FORMS, ...KNOWN_SHORT_FORMS].find(({ at }) => isAt(at))?.key;
}

function expand(container: unknown, [step, ...rest]: readonly string[], key: string): void {
  if (step === "*") {
    if (Array.isArray(container)) for (const entry of container) expand(entry, rest, key);
  } else if (isMapping(container)) {
    const inner = container[step];
    if (rest.length > 0) expand(inner, rest, key);
    else if (typeof inner === "string") container[step] = { [key]: inner };
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
