const SCALE = 1_000_000_000;
const GOOD = { accuracy: 1, consistency: 1, reliability: 1, overall: 1, submissions: 1, deviation_count: 0, slash_count: 0 };
const AGREED = { magnitude: 0, severity_score: "0" };

function unharmed(availableRao: number, submissions: number) {
  return { available_rao: availableRao, slashed_rao: 0, meets_requirement: true, status: "active", ...GOOD, submissions };
}

/** Three agree, the fourth is 20 % off: slashed by 15 % in its own round, and again 59 minutes later for the same thing. */
export const SLASHING = {
  case: "one severe deviation, slashed twice",
  kind: "scenario",
  input: {
    config: {},
    dtype: "float64",
    validators: ["a", "b", "c", "d"].map((hotkey) => ({ hotkey, stake_rao: 2_000 * SCALE })),
    rounds: [
      { t: 100_000, submissions: { a: [0.5, 0.5], b: [0.5, 0.5], c: [0.5, 0.5], d: [0.7, 0.3] } },
      { t: 103_540, submissions: { d: [0.5, 0.5] } },
      { t: 103_600, submissions: {} },
    ],
  },
  expected: {
    initial: Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, { total_stake_rao: 2_000 * SCALE, meets_requirement: true }])),
    rounds: [
      {
        consensus: [0.5, 0.5],
        deviations: { a: AGREED, b: AGREED, c: AGREED, d: { magnitude: 0.2, severity_score: "0.75" } },
        detected: { d: {} },
        slash_events: [
          {
            validator: "d",
            severity: "severe",
            reason: "consensus_violation",
            available_before_rao: 2_000 * SCALE,
            amount_rao: 300 * SCALE,
            percentage: "0.15",
            remaining_rao: 1_700 * SCALE,
            deviation_count: 1,
            max_severity: 0.75,
            executed: true,
          },
        ],
        validators: {
          a: unharmed(2_000 * SCALE, 1),
          b: unharmed(2_000 * SCALE, 1),
          c: unharmed(2_000 * SCALE, 1),
          d: {
            available_rao: 1_700 * SCALE,
            slashed_rao: 300 * SCALE,
            meets_requirement: true,
            status: "probation",
            accuracy: 0,
            consistency: 0,
            reliability: 0,
            overall: 0,
            submissions: 1,
            deviation_count: 1,
            slash_count: 1,
          },
        },
      },
      {
        consensus: [0.5, 0.5],
        deviations: { a: AGREED, b: AGREED, c: AGREED, d: AGREED },
        detected: {},
        slash_events: [
          {
            validator: "d",
            severity: "severe",
            reason: "consensus_violation",
            available_before_rao: 1_700 * SCALE,
            amount_rao: 255 * SCALE,
            percentage: "0.15",
            remaining_rao: 1_445 * SCALE,
            deviation_count: 1,
            max_severity: 0.75,
            executed: true,
          },
        ],
        validators: {
          d: {
            available_rao: 1_445 * SCALE,
            slashed_rao: 555 * SCALE,
            meets_requirement: true,
            status: "probation",
            accuracy: 0,
            // Half of two submissions deviated.
            consistency: 0.5,
            reliability: 0,
            overall: 0.2,
            submissions: 2,
            deviation_count: 1,
            slash_count: 2,
          },
          a: unharmed(2_000 * SCALE, 1),
          b: unharmed(2_000 * SCALE, 1),
          c: unharmed(2_000 * SCALE, 1),
        },
      },
      {
        consensus: [0.5, 0.5],
        deviations: { a: AGREED, b: AGREED, c: AGREED, d: AGREED },
        detected: {},
        // An hour after the deviation it is forgotten.
        slash_events: [],
        validators: {
          d: {
            available_rao: 1_445 * SCALE,
            slashed_rao: 555 * SCALE,
            meets_requirement: true,
            status: "probation",
            accuracy: 0,
            consistency: 0.5,
            reliability: 0,
            overall: 0.2,
            submissions: 2,
            deviation_count: 1,
            slash_count: 2,
          },
          a: unharmed(2_000 * SCALE, 1),
          b: unharmed(2_000 * SCALE, 1),
          c: unharmed(2_000 * SCALE, 1),
        },
      },
    ],
  },
};
