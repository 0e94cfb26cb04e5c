import type { RuleHelpers } from "tenure";

const DAY_MS = 86_400_000;

/** What work is worth as it grows old: all of it for some hours, then along a sigmoid down to a part that stays. */
export default ({ factorStage, number, max, exp }: RuleHelpers) =>
  factorStage({
    name: "sigmoid_decay",
    meaning: "max(kept, 1 / (1 + exp(steepness * (age - midpoint)))) by the age of the score in days; 1 within the hours of grace",
    parameters: {
      graceHours: number({ range: { atLeast: 0, atMost: 8760 }, default: 12, unit: "hours", meaning: "So long work counts in full." }),
      midpointDays: number({ range: { above: 0, atMost: 3650 }, default: 10, unit: "days", meaning: "Age at which half is left." }),
      steepness: number({ range: { above: 0, atMost: 100 }, default: 0.4, unit: "per day", meaning: "How fast it falls there." }),
      kept: number({ range: { atLeast: 0, atMost: 1 }, default: 0.05, meaning: "What work is worth at least, however old." }),
    },
    bind: ({ graceHours, midpointDays, steepness, kept }) => ({
      ceiling: 1,
      beyond: "when its work was scored",
      factor(facts, miner, trace) {
        const toldMs = facts.scoredMs[miner];
        // Who was never scored has nothing that could grow old.
        if (toldMs < 0) return 0;
        const ageDays = (facts.endMs - toldMs) / DAY_MS;
        const sigmoid = 1 / (1 + exp(steepness * (ageDays - midpointDays)));
        const factor = ageDays * 24 <= graceHours ? 1 : max(kept, sigmoid);
        trace?.input("age_days", ageDays);
        trace?.term("sigmoid", sigmoid, "1 / (1 + exp(steepness * (age_days - midpoint_days)))");
        trace?.term("factor", factor, "1 within grace_hours, else max(kept, sigmoid)");
        return factor;
      },
    }),
  });
