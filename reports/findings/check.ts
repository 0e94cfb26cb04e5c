import type { ResultTableName } from "../../engine/index.js";
import type { Finding } from "./finding.js";

/** What every check says of itself, for the page that lists them. */
export interface CheckDeclaration {
  /** Stable, `a-z` and `_`. */
  readonly code: string;
  /** What a finding of it says. */
  readonly says: string;
  /** The figure, its threshold, and why that threshold. */
  readonly threshold: string;
  /** What a person could try, without the names of a run. */
  readonly tries: string;
  readonly severities: readonly Finding["severity"][];
}

/** A check that looks at one kind of evidence. */
export interface Check<Evidence> extends CheckDeclaration {
  /** Tables without which the check cannot be made, or not whole; left out: what is always recorded is enough. */
  readonly needs?: (evidence: Evidence) => readonly ResultTableName[];
  /** Whether the check has a question to ask here at all; left out: always. */
  readonly applies?: (evidence: Evidence) => boolean;
  readonly find: (evidence: Evidence) => Found | null;
}

/** A finding without the name of its check. */
export type Found = Omit<Finding, "code">;

/** What a check says of itself, for one that asks the same question of other evidence. */
export function declarationOf({ code, says, threshold, tries, severities }: CheckDeclaration): CheckDeclaration {
  return { code, says, threshold, tries, severities };
}
