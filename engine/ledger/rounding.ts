/**
 * The chain rounds each event by less than this many rao. What an event says and what a ledger holds may differ by so much
 * without either being wrong (mechanisms 2 and 3).
 */
export const ROUNDING_RAO = 10;
