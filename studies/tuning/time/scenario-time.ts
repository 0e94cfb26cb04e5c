import type { CheckedInputs } from "../../../recorders/index.js";
import type { Scenario } from "../../../scenarios/index.js";
import type { Window } from "../trust/splits.js";

/** The time that a scenario runs over, by what it states and by its recordings; null: only a run would tell. */
export function scenarioTime({ configuration }: Scenario, { recordings }: Pick<CheckedInputs, "recordings">): Window | null {
  const times = [...recordings.values()].flatMap(({ streams }) =>
    streams.flatMap(({ files }) => files.flatMap(({ from_ms, to_ms }) => (from_ms == null || to_ms == null ? [] : [from_ms, to_ms]))),
  );
  const fromMs = configuration.startMs ?? Math.min(...times);
  const toMs = configuration.endMs ?? Math.max(...times);
  // The end is no part of a window, and the last row is.
  return Number.isFinite(fromMs) && Number.isFinite(toMs) && toMs > fromMs ? { fromMs, toMs: toMs + 1 } : null;
}
