/**
 * The chain rounds each event by less than this many rao. What an event says and what a ledger holds may differ by so much
 * without either being wrong (docs/explanation/exactness.md).
 */
export const ROUNDING_RAO = 10;
