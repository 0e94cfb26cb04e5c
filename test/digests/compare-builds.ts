import fc from "fast-check";
import { anyIndexScenario, anySubnetScenario } from "../recorders/run/any-scenario.js";
import { anyRecordedScenario } from "./any-recorded-scenario.js";
import { type Build, digestOf, inFolder } from "./digest-of.js";
import { writeNetRecordings } from "./net-recordings.js";

export interface Comparison {
  readonly count: number;
  readonly seed: number;
  readonly onLine: (line: string) => void;
}

/** Scenarios of every kind: made miners, an index subnet, recorded miners. */
const anyScenario: fc.Arbitrary<object> = fc.oneof(
  { weight: 2, arbitrary: anySubnetScenario },
  { weight: 1, arbitrary: anyIndexScenario },
  { weight: 3, arbitrary: anyRecordedScenario },
);

/**
 * Runs random valid scenarios in two builds, and shrinks the first that gives another digest.
 * @returns what to end the process with: 0 where all are alike
 */
export async function compareBuilds(build: Build, other: Build, { count, seed, onLine }: Comparison): Promise<number> {
  onLine(`comparing ${count} scenarios, seed ${seed}`);
  return inFolder(async (data) => {
    await writeNetRecordings(data);
    let done = 0;
    let refused = 0;
    const alike = fc.asyncProperty(anyScenario, async (scenario) => {
      const text = JSON.stringify(scenario);
      const [found, expected] = [await digestOf(build, text, data), await digestOf(other, text, data)];
      if (found !== expected) throw new Error(`${found} instead of ${expected}`);
      if (found.startsWith("refused")) refused += 1;
      done += 1;
      if (done % 50 === 0) onLine(`${done} alike, ${refused} of them refused`);
    });
    const result = await fc.check(alike, { numRuns: count, seed });
    if (!result.failed) return 0;
    onLine(`differs: ${JSON.stringify(result.counterexample?.[0])}`);
    onLine(String(result.errorInstance instanceof Error ? result.errorInstance.message : result.errorInstance));
    return 1;
  });
}
