import { type ClosedLoopResult, measureClosedLoop } from "./closed-loop/measure-closed-loop.js";
import { type IndexResult, measureIndex } from "./command/measure-index.js";
import { measureRun, type RunResult } from "./command/measure-run.js";
import { type EventsResult, measureEvents } from "./events/measure-events.js";
import { type ImportResult, measureImport } from "./import/measure-import.js";
import { type KernelResult, measureKernel } from "./kernel/measure-kernel.js";
import type { PartContext } from "./part-context.js";
import { measureRecord, type RecordResult } from "./record/measure-record.js";
import { measureStages, type StagesResult } from "./stages/measure-stages.js";
import { measureTuneClosedLoop, type TuneClosedLoopResult } from "./tune/measure-tune-closed-loop.js";
import { measureTuneOpenLoop, type TuneOpenLoopResult } from "./tune/measure-tune-open-loop.js";
import { measureYuma, type YumaResult } from "./yuma/measure-yuma.js";

export interface PartResults {
  readonly kernel: KernelResult;
  readonly run: RunResult;
  readonly index: IndexResult;
  readonly stages: StagesResult;
  readonly yuma: YumaResult;
  readonly closed_loop: ClosedLoopResult;
  readonly tune_open_loop: TuneOpenLoopResult;
  readonly tune_closed_loop: TuneClosedLoopResult;
  readonly import: ImportResult;
  readonly record: RecordResult;
  readonly events: EventsResult;
}

export type PartName = keyof PartResults;

/** The parts of the benchmark, in the order in which they run. */
export const PARTS: { readonly [Name in PartName]: (context: PartContext) => Promise<PartResults[Name]> } = {
  kernel: measureKernel,
  run: measureRun,
  index: measureIndex,
  stages: measureStages,
  yuma: measureYuma,
  closed_loop: measureClosedLoop,
  tune_open_loop: measureTuneOpenLoop,
  tune_closed_loop: measureTuneClosedLoop,
  import: measureImport,
  record: measureRecord,
  events: measureEvents,
};
