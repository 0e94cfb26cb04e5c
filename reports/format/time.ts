/** An instant to the minute: "2025-10-31 14:24 UTC". */
export function formatTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The day of an instant, in UTC: "2025-10-31". */
export function formatDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** From when to when, in UTC: days alone where both instants are the start of one, else to the minute. */
export function formatSpan(fromMs: number, toMs: number): string {
  const areDays = [fromMs, toMs].every((timeMs) => new Date(timeMs).toISOString().endsWith("T00:00:00.000Z"));
  return areDays ? `${formatDay(fromMs)} to ${formatDay(toMs)}` : `${formatTime(fromMs).replace(" UTC", "")} to ${formatTime(toMs)}`;
}

/** Wall time: "0.84 s", "12.1 s", "3 min 20 s". */
export function formatElapsed(elapsedMs: number): string {
  const seconds = elapsedMs / 1000;
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
