import { openStudy } from "../../../studies/index.js";
import { type StudySummary, studySummary } from "../../study-summary.js";

/** All that the page of many replicates shows. */
export interface ReplicatesPageData {
  /** The folder, as the page's commands name it. */
  readonly study: string;
  readonly summary: StudySummary;
  /** Of each figure its value by replicate, in the order of their numbers; those that do not have it are left out. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** @throws TenureError as `openStudy` */
export async function readReplicatesPageData(dir: string, typed: string): Promise<ReplicatesPageData> {
  const study = await openStudy(dir);
  const values = new Map<string, number[]>();
  for (const { figure, value } of await study.readFigures()) {
    const known = values.get(figure);
    if (known === undefined) values.set(figure, [value]);
    else known.push(value);
  }
  return { study: typed, summary: await studySummary(study), values: Object.fromEntries(values) };
}
