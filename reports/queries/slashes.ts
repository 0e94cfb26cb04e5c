import type { ReadyQuery } from "./ready-query.js";

export const SLASHES: ReadyQuery = {
  name: "slashes",
  meaning: "Who was slashed, when, why and by how much?",
  of: "run",
  sql: `SELECT time_ms, epoch, name, severity, cause, deviation, rate, amount_alpha, taken_alpha, destination, state
FROM slashes_view
ORDER BY time_ms, slash`,
};
