import { openTuning } from "../../../studies/index.js";
import { type TuningReport, tuningReport } from "../../tuning/tuning-report.js";

/** All that the page of a tuning shows. */
export interface TuningPageData {
  /** The folder, as the page's commands name it. */
  readonly study: string;
  readonly tuning: TuningReport;
}

/** @throws TenureError as `openTuning` */
export async function readTuningPageData(dir: string, typed: string): Promise<TuningPageData> {
  const { tuning } = await openTuning(dir);
  return { study: typed, tuning: tuningReport(tuning) };
}
