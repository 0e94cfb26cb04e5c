import { SCENARIO_CODES } from "./error-codes.js";

/** Something wrong with keys that are each fine alone. */
export interface Contradiction {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly found?: unknown;
  readonly allowed: string;
  readonly hint?: string;
}

export function contradiction(
  path: Contradiction["path"],
  what: string,
  rest: Pick<Contradiction, "found" | "allowed" | "hint">,
): Contradiction {
  return { code: SCENARIO_CODES.contradiction, path, what, ...rest };
}
