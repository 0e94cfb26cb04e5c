import fc from "fast-check";
import { compareIntents, Disagreement, type Step } from "./compare.js";
import { anyIntents, anySetup, type Intent } from "./intents.js";
import type { FuzzSetup, MakeLedger } from "./ledger-under-test.js";
import { shrinkSteps } from "./shrink-steps.js";

/** Longest sequence, in intents; the auditor's cost grows with what a sequence has behind it. */
const INTENTS = 600;
/** Sequences between two looks at the number of events. */
const RUNS_A_BATCH = 20;

export interface FuzzOptions {
  /** Commands to carry out at least. */
  readonly events: number;
  readonly seed: number;
  /** With the seed of a failure: where its smallest case is, to see it again at once. */
  readonly path?: string;
  readonly onProgress?: (events: number) => void;
}

export interface FuzzFailure {
  /** Seed and path show the case again: `npm run fuzz -- --seed <seed> --path <path>`. */
  readonly seed: number;
  readonly path: string;
  readonly shrinks: number;
  readonly what: string;
  readonly setup: FuzzSetup;
  readonly steps: readonly Step[];
}

export interface FuzzReport {
  readonly events: number;
  readonly sequences: number;
  readonly failure: FuzzFailure | null;
}

/** Drives ledgers and auditors with random sequences until enough events are through or one disagrees. */
export function fuzz(makeLedger: MakeLedger, { events: wanted, seed, path, onProgress }: FuzzOptions): FuzzReport {
  let events = 0;
  let sequences = 0;
  const property = fc.property(anySetup, anyIntents(INTENTS), (setup, intents) => {
    events += compareIntents(setup, intents, makeLedger);
    sequences += 1;
  });
  for (let batch = 0; batch === 0 || events < wanted; batch++) {
    const details = fc.check(property, { seed: (seed + batch) | 0, numRuns: RUNS_A_BATCH, ...(path === undefined ? {} : { path }) });
    if (details.failed) return { events, sequences, failure: describe(details, makeLedger) };
    onProgress?.(events);
    if (path !== undefined) break;
  }
  return { events, sequences, failure: null };
}

function describe(details: fc.RunDetails<[FuzzSetup, Intent[]]>, makeLedger: MakeLedger): FuzzFailure {
  const { counterexample, counterexamplePath, seed, numShrinks } = details;
  if (counterexample === null || counterexamplePath === null) throw new Error("fast-check reports a failure without a counterexample");
  const [setup, intents] = counterexample;
  const again = { seed, path: counterexamplePath, shrinks: numShrinks, setup };
  try {
    compareIntents(setup, intents, makeLedger);
  } catch (error) {
    if (error instanceof Disagreement) {
      const { message, steps } = shrinkSteps(setup, error, makeLedger);
      return { ...again, what: message, steps };
    }
    return { ...again, what: error instanceof Error ? (error.stack ?? error.message) : String(error), steps: [] };
  }
  return { ...again, what: "the case fails once and then not again: the ledger remembers something between runs", steps: [] };
}

/** The failure as text: seed, smallest case as JSON lines, difference. */
export function formatFailure({ seed, path, shrinks, what, setup, steps }: FuzzFailure): string {
  return [
    `The ledger and the auditor disagree: ${what}`,
    `smallest case (${steps.length} steps, ${shrinks} shrinks):`,
    `  ${JSON.stringify(setup)}`,
    ...steps.map((step) => `  ${JSON.stringify(step)}`),
    `again: npm run fuzz -- --seed ${seed} --path ${path}`,
  ].join("\n");
}
