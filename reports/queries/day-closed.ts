/**
 * SQL for the instant by which the day or week of what closes a span of time is told: the end of an epoch, an instalment, a state as it
 * was measured. One at midnight is of the day that it closes, as in baselines. What happens, as a flow does, is of the day of its own
 * instant.
 */
export const closing = (column: string): string => `(${column} - INTERVAL 1 MILLISECOND)`;
