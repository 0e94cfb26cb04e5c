import { join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { compareStudies, openStudy, readComparisonState, type StudiesComparison } from "../../studies/index.js";
import { pairedStageShifts } from "../compare/paired-stage-shifts.js";
import { type PairsComparisonReport, pairsComparison } from "../compare/pairs-comparison.js";

/** Winners and losers that a page lists. */
const TOP = 20;

/** All that the page of a comparison shows. */
export interface ComparisonPageData {
  /** The folder, as the page's commands name it. */
  readonly folder: string;
  readonly comparison: PairsComparisonReport;
  /** Of every miner by how much its mean pay in b differs from that in a, as a share of that; ascending; who had none in a is left out. */
  readonly changes: readonly number[];
}

/**
 * A finished comparison, read again from its two sides.
 * @throws TenureError `TEN-REPORT-040` it was not finished, `-041` a side was run anew since; those of `openStudy` and `compareStudies`
 */
export async function readComparison(dir: string, typed: string): Promise<ComparisonPageData> {
  const state = await readComparisonState(dir);
  if (state.kind !== "complete") {
    throw new TenureError({
      code: "TEN-REPORT-040",
      what: "The comparison in this folder was not finished.",
      place: { file: dir },
      found: state.kind === "other" ? state.found : "no manifest.json beside the two sides",
      allowed: "a folder that `tenure compare` wrote, finished",
      hint: "Run `tenure compare` again with the same --out: it goes on where it stopped.",
    });
  }
  const { manifest } = state;
  const [a, b] = [await openStudy(join(dir, "a")), await openStudy(join(dir, "b"))];
  for (const [side, study] of [
    ["a", a],
    ["b", b],
  ] as const) {
    if (study.manifest.digest === manifest[side].digest) continue;
    throw new TenureError({
      code: "TEN-REPORT-041",
      what: "A side of the comparison was run anew since it was made.",
      place: { file: join(dir, side, "manifest.json"), path: "digest" },
      found: study.manifest.digest,
      allowed: manifest[side].digest,
      hint: "Run `tenure compare` again with the same --out: it compares what is there now.",
    });
  }
  const made = await compareStudies(a, b);
  const sides = {
    out: dir,
    duckdb: manifest.duckdb === null ? null : join(dir, manifest.duckdb.file),
    a: { scenario: manifest.a.scenario, dir: a.dir },
    b: { scenario: manifest.b.scenario, dir: b.dir },
  };
  const stages = await pairedStageShifts(a, b, made.pairs);
  return { folder: typed, comparison: pairsComparison(sides, made, { top: TOP, stages }), changes: changesOf(made) };
}

function changesOf({ miners }: StudiesComparison): readonly number[] {
  return miners.flatMap(({ meanARao, difference }) => (meanARao === 0 ? [] : [difference.mean / meanARao])).sort((a, b) => a - b);
}
