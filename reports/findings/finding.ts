/** Something that a rule-based check of a mechanism found, with the figures it rests on. */
export interface Finding {
  /** Stable name of the check, such as `pay_too_flat` (docs/explanation/findings.md). */
  readonly code: string;
  readonly severity: "serious" | "warning" | "note";
  /** One sentence: what is the matter. */
  readonly title: string;
  /** What was measured, a sentence each; names as they are in the run, not escaped. */
  readonly evidence: readonly string[];
  /** What could be tried, a sentence each. */
  readonly tries: readonly string[];
}
