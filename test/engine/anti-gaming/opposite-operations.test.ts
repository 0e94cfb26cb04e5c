import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OppositeOperations } from "../../../engine/anti-gaming/index.js";

interface Match {
  readonly earlier: number;
  readonly later: number;
  readonly amountRao: number;
  readonly fromMs: number;
  readonly toMs: number;
}
interface Operation {
  readonly account: number;
  readonly timeMs: number;
  readonly signedRao: number;
}

const WINDOW = 100;
const OWNERS = [0, 0, 1];

/** The rule word for word: whatever is open and opposite, oldest first, within the window. */
function naiveMatches(operations: readonly Operation[]): Match[] {
  const matches: Match[] = [];
  const open: { account: number; timeMs: number; left: number }[] = [];
  for (const { account, timeMs, signedRao } of operations) {
    let left = signedRao;
    for (const earlier of open) {
      const opposite = OWNERS[earlier.account] === OWNERS[account] && Math.sign(earlier.left) === -Math.sign(left);
      if (!opposite || left === 0 || earlier.timeMs < timeMs - WINDOW) continue;
      const amountRao = Math.min(Math.abs(left), Math.abs(earlier.left));
      matches.push({ earlier: earlier.account, later: account, amountRao, fromMs: earlier.timeMs, toMs: timeMs });
      earlier.left += Math.sign(left) * amountRao;
      left -= Math.sign(left) * amountRao;
    }
    open.push({ account, timeMs, left });
  }
  return matches;
}

describe("opposite operations", () => {
  it("are matched as the rule says", () => {
    const step = fc.record({
      account: fc.integer({ min: 0, max: 2 }),
      gapMs: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 150 })),
      signedRao: fc.integer({ min: -20, max: 20 }).filter((amount) => amount !== 0),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        let timeMs = 0;
        const operations = steps.map(({ account, gapMs, signedRao }) => {
          timeMs += gapMs;
          return { account, timeMs, signedRao };
        });
        const matches: Match[] = [];
        const opposite = new OppositeOperations(Int32Array.from(OWNERS), WINDOW, (earlier, later, amountRao, fromMs, toMs) =>
          matches.push({ earlier, later, amountRao, fromMs, toMs }),
        );
        for (const { account, timeMs: at, signedRao } of operations) opposite.add(account, at, signedRao);
        expect(matches).toEqual(naiveMatches(operations));
      }),
      { numRuns: 300 },
    );
  });
});
