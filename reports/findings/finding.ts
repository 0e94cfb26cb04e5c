/** Something that a reader of a report should look at, found by a rule. */
export interface Finding {
  /** Stable name of the rule that found it. */
  readonly code: string;
  readonly severity: "serious" | "warning" | "note";
  /** What is wrong, in one line. */
  readonly title: string;
  /** The figures that show it, a line each. */
  readonly evidence: readonly string[];
  /** What might help, a line each. */
  readonly tries: readonly string[];
}
