import { accidentOf, BLOCK_MS, DAY_MS } from "../../engine/index.js";
import { type Scenario, ScenarioErrors, scenarioFromResolved } from "../../scenarios/index.js";
import { runToSummary } from "./run.js";

/** Enough to see what is wrong from the start, and over at once. */
const LOOKED_AT_EPOCHS = 100;
/** What happens by the day happens a few times. */
const LEAST_DAYS = 3;

/** What the first epochs of a scenario show of it. */
export interface FirstEpochs {
  readonly epochs: number;
  /** Accidents (docs/explanation/accidents.md), in the words of a run. */
  readonly warnings: readonly string[];
}

/**
 * Runs the first days of a scenario in memory, and says which accidents they have. Nothing is written.
 * @returns null where it reads recordings, or cannot be cut short
 * @throws TenureError of a rule that fails: one that reads a clock, or gives a number that is none
 */
export async function lookAtFirstEpochs(scenario: Scenario): Promise<FirstEpochs | null> {
  const short = cutShort(scenario);
  if (short === null) return null;
  const { epochs, warnings } = await runToSummary(short);
  return { epochs, warnings: warnings.filter((warning) => isKnown(warning, short === scenario)) };
}

/** Gaps are gaps against what is usual, which the first epochs are not; and who is not there yet may still come. */
function isKnown(warning: string, isWhole: boolean): boolean {
  const accident = accidentOf(warning);
  return accident !== null && accident !== "pay_gaps" && (isWhole || accident !== "nobody_in_pool");
}

function cutShort(scenario: Scenario): Scenario | null {
  const { configuration, streams, resolved } = scenario;
  const { startMs, endMs, subnets } = configuration;
  if (startMs === null || endMs === null || streams.some(({ source }) => source === "recorded")) return null;
  const tempoBlocks = Math.max(1, ...subnets.map(({ tempoBlocks }) => tempoBlocks));
  const lengthMs = Math.max(LEAST_DAYS * DAY_MS, LOOKED_AT_EPOCHS * tempoBlocks * BLOCK_MS);
  if (startMs + lengthMs >= endMs) return scenario;
  try {
    const short = scenarioFromResolved({ ...resolved, time: { ...resolved.time, end: null, days: lengthMs / DAY_MS } });
    return { ...short, file: scenario.file };
  } catch (error) {
    // What happens later may be stated by its time.
    if (error instanceof ScenarioErrors) return null;
    throw error;
  }
}
