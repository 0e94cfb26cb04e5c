import type { ParticipantMetrics } from "../../agents/participants/participant-metrics.js";

/** Orders of a participant that were carried out, whatever their reason. */
export function ordersDone({ done }: ParticipantMetrics): number {
  return Object.values(done).reduce((sum, count) => sum + count, 0);
}
