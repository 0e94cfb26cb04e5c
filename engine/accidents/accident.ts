/** What a run warns of because it happened to subnets in production: `docs/explanation/accidents.md` has each with its threshold. */
export const ACCIDENTS = [
  "weights_zero",
  "collateral_zero",
  "collateral_unit",
  "nobody_paid",
  "in_no_pool",
  "nobody_in_pool",
  "order_reversed",
  "penalty_cancelled",
  "pay_gaps",
  "pay_too_flat",
  "pay_too_concentrated",
] as const;
export type AccidentCode = (typeof ACCIDENTS)[number];

/** An accident that a run has, in words that begin with the subnet where it is of one. */
export interface Accident {
  readonly code: AccidentCode;
  readonly text: string;
}

/** The accident that a warning tells of: its code stands in brackets at the end; null: it is of something else. */
export function accidentOf(warning: string): AccidentCode | null {
  return ACCIDENTS.find((code) => warning.endsWith(`(${code})`)) ?? null;
}

/** A warning with its code, which stays where its words may change. */
export function accidentText({ code, text }: Accident): string {
  return `${text} (${code})`;
}
