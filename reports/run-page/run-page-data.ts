import type { OpenRun } from "../../recorders/index.js";
import { rulesOf } from "../rules.js";
import { type RunSummary, runSummary } from "../run-summary.js";
import { type HoldingSpread, readHoldingSpread } from "./holding-spread.js";
import { readGround } from "./page-subnets.js";

/** All that the page of a run shows, as numbers. */
export interface RunPageData {
  /** The folder as it is typed in the commands of the page. */
  readonly run: string;
  readonly description: string;
  readonly summary: RunSummary;
  readonly holding: readonly HoldingSpread[];
}

/** Reads what the page of a run shows, each table once. */
export async function readRunPageData(run: OpenRun, typed: string): Promise<RunPageData> {
  const ground = await readGround(run);
  const rules = rulesOf(run);
  return {
    run: typed,
    description: descriptionOf(run),
    summary: await runSummary(run),
    holding: await readHoldingSpread(run, ground, rules.vesting),
  };
}

function descriptionOf({ manifest: { scenario } }: OpenRun): string {
  const { description } = scenario.resolved as { readonly description?: unknown };
  return typeof description === "string" ? description : "";
}
