import { compareSteps, Disagreement, type Step } from "./compare.js";
import type { FuzzSetup, MakeLedger } from "./ledger-under-test.js";

/**
 * Makes a failing case smaller where fast-check cannot, which shrinks what somebody does, and that can be many
 * commands: leaves out whatever steps the ledger and the auditor disagree without, and pays only one position where an
 * emission to several is not needed, and lets everything happen on one position where a move need not be. Any disagreement
 * counts as the failure.
 */
export function shrinkSteps(setup: FuzzSetup, failure: Disagreement, makeLedger: MakeLedger): Disagreement {
  let smallest = failure;
  for (let smaller: Disagreement | null = smallest; smaller !== null; smaller = firstThatFails(setup, smallest.steps, makeLedger)) {
    smallest = smaller;
  }
  return smallest;
}

function firstThatFails(setup: FuzzSetup, steps: readonly Step[], makeLedger: MakeLedger): Disagreement | null {
  for (const candidate of smallerThan(steps)) {
    try {
      compareSteps(setup, candidate, makeLedger);
    } catch (error) {
      // Anything else means that a left-out step was needed for the others to make sense.
      if (error instanceof Disagreement) return error;
    }
  }
  return null;
}

function* smallerThan(steps: readonly Step[]): Generator<Step[]> {
  for (let length = steps.length >> 1; length >= 1; length >>= 1) {
    for (let start = 0; start + length <= steps.length; start += length) {
      yield [...steps.slice(0, start), ...steps.slice(start + length)];
    }
  }
  for (const [at, step] of steps.entries()) {
    if (!("from" in step)) continue;
    const { from, to } = step;
    yield [...steps.slice(0, at), ...steps.slice(at + 1)].map((other) => onPosition(other, from, to));
  }
  for (const [at, step] of steps.entries()) {
    if (step.op !== "emission" || step.positions.length === 1) continue;
    for (const [i, position] of step.positions.entries()) {
      const paid: Step = { ...step, positions: [position], amountsRao: [step.amountsRao[i]], firstTranche: step.firstTranche + i };
      yield [...steps.slice(0, at), paid, ...steps.slice(at + 1)];
    }
  }
}

/** The step as it is, but what it does on one position it does on the other. */
function onPosition(step: Step, one: number, other: number): Step {
  const renamed = (position: number): number => (position === one ? other : position);
  if ("from" in step) return { ...step, from: renamed(step.from), to: renamed(step.to) };
  if ("positions" in step) return { ...step, positions: step.positions.map(renamed) };
  return { ...step, position: renamed(step.position) };
}
