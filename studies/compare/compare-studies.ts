import { TenureError } from "../../engine/index.js";
import type { OpenStudy } from "../folder/open-study.js";
import { type ComparedPair, ComparedPairs, type PairsComparison } from "./compared-pairs.js";
import { runDifferences } from "./pairing.js";
import { runOutcome } from "./run-outcome.js";
import { refuseUnpaired } from "./unpaired.js";
import type { ValueDifference } from "./value-differences.js";

/** How two studies differ, replicate by replicate. */
export interface StudiesComparison extends PairsComparison {
  readonly seed: number;
  /** What draws random numbers; empty: nothing does, and there is one pair that all others would be equal to. */
  readonly random: readonly string[];
  /** The rules that differ. */
  readonly rules: readonly ValueDifference[];
  /** Replicates that failed on a side: they are in no pair. */
  readonly failed: { readonly a: readonly number[]; readonly b: readonly number[] };
}

export interface CompareStudiesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of every pair, in the order of the replicates. */
  readonly onPair?: ((pair: ComparedPair) => Promise<void>) | undefined;
}

/**
 * Compares two finished studies whose replicates meet the same streams and random numbers.
 * @throws TenureError `TEN-COMPARE-001` they do not, `TEN-COMPARE-004` no replicate is finished in both; those of `openReplicate`
 */
export async function compareStudies(a: OpenStudy, b: OpenStudy, options: CompareStudiesOptions = {}): Promise<StudiesComparison> {
  const { streams, rules } = runDifferences(a.manifest, b.manifest);
  refuseUnpaired(streams);
  const inB = new Set(b.finished);
  const numbers = a.finished.filter((replicate) => inB.has(replicate));
  if (numbers.length === 0) throw nothingInBoth(a, b);
  const pairs = new ComparedPairs();
  for (const replicate of numbers) {
    options.signal?.throwIfAborted();
    const [runA, runB] = [await a.openReplicate(replicate), await b.openReplicate(replicate)];
    const pair = pairs.take(replicate, await runOutcome(runA), await runOutcome(runB));
    await options.onPair?.(pair);
  }
  return {
    ...pairs.compared(),
    seed: a.manifest.seed,
    random: a.manifest.random,
    rules: [...rules, ...codeDifference(a, b)],
    failed: { a: failedOf(a), b: failedOf(b) },
  };
}

/** Other code may compute something else: that is then part of the difference. */
function codeDifference(a: OpenStudy, b: OpenStudy): readonly ValueDifference[] {
  const codeOf = ({ manifest: { tool, code } }: OpenStudy) => `${tool.version} (${code.slice(0, 12)})`;
  return a.manifest.code === b.manifest.code ? [] : [{ path: "code of Tenure", a: codeOf(a), b: codeOf(b) }];
}

const failedOf = ({ manifest: { replicates } }: OpenStudy) =>
  replicates.flatMap(({ replicate, status }) => (status === "failed" ? [replicate] : []));

function nothingInBoth(a: OpenStudy, b: OpenStudy): TenureError {
  return new TenureError({
    code: "TEN-COMPARE-004",
    what: "No replicate is finished on both sides, so there is no pair to compare.",
    place: { file: b.dir },
    found: `finished: ${spanWords(b.finished)}`,
    allowed: `some of ${spanWords(a.finished)}, as in ${a.dir}`,
    hint: "Run both scenarios with the same --replicates.",
  });
}

function spanWords(numbers: readonly number[]): string {
  const [first] = numbers;
  return first === undefined ? "none" : numbers.length === 1 ? String(first) : `${numbers.length} from ${first} to ${numbers.at(-1)}`;
}
