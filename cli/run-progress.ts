import type { StudyProgress } from "../studies/index.js";
import { openProgress, type ProgressDisplay } from "./progress.js";
import type { Terminal } from "./terminal.js";

const LABELS: Readonly<Record<StudyProgress["stage"], string>> = {
  checking: "checking recordings",
  simulating: "simulating",
  loading: "loading DuckDB",
  comparing: "checking replicates",
  copying: "copying replicates",
};

/** The progress of a run or of many, ready to be handed to it; `side`: of which of two. */
export interface RunProgressDisplay {
  readonly onProgress: (progress: StudyProgress & { readonly side?: string }) => void;
  readonly stop: ProgressDisplay["stop"];
}

export function openRunProgress(terminal: Terminal, options: { hidden: boolean }): RunProgressDisplay {
  const display = openProgress(terminal, options);
  return {
    onProgress: ({ stage, done, total, unit, side }) => {
      const scale = unit === "bytes" ? 1e6 : 1;
      display.update({
        label: side === undefined ? LABELS[stage] : `${side}: ${LABELS[stage]}`,
        done: done / scale,
        total: total === null ? undefined : total / scale,
        unit: unit === "bytes" ? "MB" : unit,
      });
    },
    stop: display.stop,
  };
}
