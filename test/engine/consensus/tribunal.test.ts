import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConsensusConfiguration,
  DEFAULT_CONSENSUS,
  type NavAttestation,
  type SlashingRules,
  type Submission,
  signAttestation,
  TAO20_ORIGINAL_SLASHING,
  Tribunal,
  type Verdict,
} from "../../../engine/consensus/index.js";
import { nodeEd25519 } from "../../../recorders/signatures/node-ed25519.js";
import { cases } from "../../cases.js";

const TAO = 1_000_000_000;
const HOUR_MS = 3_600_000;
const NAV_RAO = 2_000_000;
const GOOD = [0.5, 0.5];
/** Deviations of 0.02, 0.07, 0.12, 0.2 and 0.4 from `GOOD`. */
const OFF = { none: [0.52, 0.48], minor: [0.57, 0.43], moderate: [0.62, 0.38], severe: [0.7, 0.3], critical: [0.9, 0.1] };

function secretOf(validator: number): Uint8Array {
  return new Uint8Array(32).fill(validator + 1);
}

type Handed = readonly number[] | null | Submission;

class Court {
  readonly tribunal: Tribunal;
  readonly stakes: number[];
  burntRao = 0;
  epoch = 0;

  constructor(stakesTao: readonly number[], configuration: ConsensusConfiguration = DEFAULT_CONSENSUS) {
    this.stakes = stakesTao.map((tao) => tao * TAO);
    this.tribunal = new Tribunal(
      configuration,
      stakesTao.map((_, v) => ({ name: `v${v}`, publicKey: nodeEd25519.publicKeyOf(secretOf(v)) })),
      {
        stakeRao: (validator) => this.stakes[validator],
        take: ({ validator, amountRao }) => {
          const takenRao = Math.min(amountRao, this.stakes[validator]);
          this.stakes[validator] -= takenRao;
          this.burntRao += takenRao;
          return takenRao;
        },
        // The NAV falls by 1 % a block; the future is not known.
        trueNavRao: (block) => (block <= this.epoch ? NAV_RAO - 20_000 * block : null),
        signatures: nodeEd25519,
      },
    );
  }

  /** Closes the next epoch, an hour after the last. */
  close(...handed: readonly Handed[]): Verdict {
    this.epoch += 1;
    const submissions = handed.map((one) => {
      if (one === null || "weights" in one) return one;
      return { weights: Float64Array.from(one), attestation: null };
    });
    return this.tribunal.close(this.epoch, this.epoch * HOUR_MS, 2, submissions);
  }
}

function attesting(validator: number, navRao: number, block: number, weights: readonly number[] = GOOD): Submission {
  const attestation: NavAttestation = { block, navRao, operation: "epoch" };
  return { weights: Float64Array.from(weights), attestation: signAttestation(attestation, secretOf(validator), nodeEd25519) };
}

function withSlashing(change: Partial<SlashingRules>): ConsensusConfiguration {
  return { ...DEFAULT_CONSENSUS, slashing: { ...DEFAULT_CONSENSUS.slashing, ...change } };
}

describe("an epoch", () => {
  it.each([
    ["minor", 0.01, "warning"],
    ["moderate", 0.05, "warning"],
    ["severe", 0.15, "probation"],
    ["critical", 0.5, "suspended"],
  ] as const)("slashes a %s deviation by %d and leaves the validator in %s", (severity, rate, status) => {
    const court = new Court([5_000, 5_000, 5_000, 5_000]);
    const { slashes, validatorRows, submissionRows, inConsensus, slashRows } = court.close(GOOD, GOOD, GOOD, OFF[severity]);
    expect(slashes).toMatchObject([{ validator: 3, severity, cause: "deviation", rate, takenRao: 5_000 * TAO * rate, state: "taken" }]);
    expect(slashRows).toMatchObject([{ epoch: 1, validator: 3, settledMs: HOUR_MS }]);
    expect(court.stakes).toEqual([5_000 * TAO, 5_000 * TAO, 5_000 * TAO, 5_000 * TAO * (1 - rate)]);
    expect(validatorRows[3]).toMatchObject({ status, deviations: 1, slashes: 1, slashedRao: 5_000 * TAO * rate });
    expect(submissionRows.map((row) => row.severity)).toEqual(["none", "none", "none", severity]);
    expect([...inConsensus]).toEqual([1, 1, 1, 0]);
  });

  it("leaves a deviation of at most 5 % alone", () => {
    const court = new Court([5_000, 5_000, 5_000]);
    const verdict = court.close(GOOD, GOOD, OFF.none);
    expect(verdict.slashes).toEqual([]);
    expect([...verdict.inConsensus]).toEqual([1, 1, 1]);
    expect(verdict.consensusRow).toMatchObject({ reached: true, cause: "none", submissions: 3, judged: 3, deviations: 0, slashes: 0 });
  });

  it("without a consensus is recorded and nobody is judged, whatever they attest", () => {
    const court = new Court([5_000, 5_000, 5_000]);
    const { consensus, slashes, consensusRow, submissionRows, validatorRows, inConsensus } = court.close(
      GOOD,
      null,
      attesting(2, 1, 0, [1, 0]),
    );
    expect(consensus).toMatchObject({ weights: null, cause: "too_few_submissions" });
    expect(slashes).toEqual([]);
    expect(consensusRow).toMatchObject({ reached: false, cause: "too_few_submissions", submissions: 2, judged: 0, deviations: 0 });
    expect(submissionRows[1].standing).toBe("none");
    expect(submissionRows[2]).toMatchObject({ judged: false, deviation: 0, severity: "none", falsified: true, attestedNavRao: 1 });
    expect(validatorRows).toMatchObject([{ submissions: 0, cleanEpochs: 0 }, { submissions: 0 }, { submissions: 0, status: "active" }]);
    expect([...inConsensus]).toEqual([0, 0, 0]);
    expect(court.burntRao).toBe(0);
  });

  it("does not judge by a submission of an earlier epoch", () => {
    const court = new Court([5_000, 5_000, 5_000, 5_000]);
    court.close(GOOD, GOOD, GOOD, OFF.minor);
    const { slashes, submissionRows } = court.close(GOOD, GOOD, GOOD, null);
    expect(slashes).toEqual([]);
    expect(submissionRows[3]).toMatchObject({ standing: "none", judged: false });
  });

  it("slashes one deviation once", () => {
    const court = new Court([5_000, 5_000, 5_000, 5_000]);
    court.close(GOOD, GOOD, GOOD, OFF.severe);
    for (let i = 0; i < 12; i++) expect(court.close(GOOD, GOOD, GOOD, GOOD).slashes).toEqual([]);
    expect(court.burntRao).toBe(750 * TAO);
  });

  it("slashes it again and again in the original, for an hour", () => {
    const court = new Court([5_000, 5_000, 5_000, 5_000], TAO20_ORIGINAL_SLASHING);
    court.close(GOOD, GOOD, GOOD, OFF.severe);
    const at = (timeMs: number) =>
      court.tribunal.close(++court.epoch, timeMs, 2, [null, null, null, { weights: Float64Array.from(GOOD), attestation: null }]);
    expect(at(HOUR_MS + 60_000).slashes).toMatchObject([{ severity: "severe", availableRao: 4_250 * TAO }]);
    expect(at(2 * HOUR_MS - 1).slashes).toHaveLength(1);
    expect(at(2 * HOUR_MS).slashes).toEqual([]);
  });

  it("counts deviations in ten epochs: the fifth minor one is moderate, after three slashes it is severe", () => {
    const counting = { ...DEFAULT_CONSENSUS, severity: { ...DEFAULT_CONSENSUS.severity, severeFromSlashes: null } };
    const severities = (configuration: ConsensusConfiguration, gap: number) => {
      const court = new Court([5_000, 5_000, 5_000, 5_000], configuration);
      return [0, 1, 2, 3, 4].map(() => {
        for (let i = 0; i < gap; i++) court.close(GOOD, GOOD, GOOD, GOOD);
        return court.close(GOOD, GOOD, GOOD, OFF.minor).slashes[0].severity;
      });
    };
    expect(severities(counting, 0)).toEqual(["minor", "minor", "minor", "minor", "moderate"]);
    expect(severities(counting, 1)).toEqual(["minor", "minor", "minor", "minor", "moderate"]);
    expect(severities(counting, 2)).toEqual(["minor", "minor", "minor", "minor", "minor"]);
    expect(severities(DEFAULT_CONSENSUS, 0)).toEqual(["minor", "minor", "minor", "severe", "severe"]);
    expect(severities(DEFAULT_CONSENSUS, 9)).toEqual(["minor", "minor", "minor", "minor", "minor"]);
    const ever = { ...DEFAULT_CONSENSUS, severity: { ...DEFAULT_CONSENSUS.severity, slashesCounted: "ever" as const } };
    expect(severities(ever, 9)).toEqual(["minor", "minor", "minor", "severe", "severe"]);
  });
});

describe("an attestation", () => {
  it("off the true NAV of the block it names is critical, however good the weights are", () => {
    const court = new Court([5_000, 5_000, 5_000]);
    const { slashes, submissionRows, inConsensus } = court.close(GOOD, attesting(1, NAV_RAO - 20_000, 1), attesting(2, NAV_RAO, 1));
    expect(slashes).toMatchObject([
      { validator: 2, severity: "critical", cause: "falsified_attestation", deviation: 0, takenRao: 2_500 * TAO },
    ]);
    expect(submissionRows[1]).toMatchObject({ falsified: false, navError: 0, attestedBlock: 1, operation: "epoch" });
    expect(submissionRows[2]).toMatchObject({ falsified: true, navError: 20_000 / 1_980_000 });
    expect([...inConsensus]).toEqual([1, 1, 0]);
  });

  it("of an earlier block is judged by that block", () => {
    const court = new Court([5_000, 5_000, 5_000]);
    expect(court.close(GOOD, GOOD, attesting(2, NAV_RAO, 0)).slashes).toEqual([]);
  });

  it.each([
    ["signed by another", { ...attesting(1, NAV_RAO, 0) }, "bad_signature"],
    ["of a block nobody knows", attesting(3, 1, 99), "unknown_block"],
    ["that is no number", attesting(3, Number.NaN, 0), "invalid_attestation"],
  ])("%s is left out, and nobody is slashed for it", (_, submission, standing) => {
    const court = new Court([5_000, 5_000, 5_000, 5_000]);
    const { slashes, submissionRows, consensusRow } = court.close(GOOD, GOOD, GOOD, submission);
    expect(slashes).toEqual([]);
    expect(submissionRows[3]).toMatchObject({ standing, judged: false });
    expect(consensusRow.submissions).toBe(3);
  });
});

describe("weights that are none", () => {
  it.each([[[1]], [[1, 2, 3]], [[-1, 2]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY, 1]]])("%j are left out", (weights) => {
    const court = new Court([5_000, 5_000, 5_000, 5_000]);
    const { slashes, submissionRows } = court.close(GOOD, GOOD, GOOD, weights);
    expect(submissionRows[3]).toMatchObject({ standing: "invalid_weights", deviation: 0 });
    expect(slashes).toEqual([]);
  });
});

describe("suspension", () => {
  it("takes vote and pay, and ends when the stake is back", () => {
    const court = new Court([5_000, 5_000, 5_000, 50_000]);
    // Most of the stake lies: it is the consensus, and the others are slashed instead.
    expect(court.close(OFF.severe, OFF.severe, OFF.severe, GOOD).slashes).toHaveLength(3);
    const small = new Court([5_000, 5_000, 5_000, 14_000]);
    expect(small.close(GOOD, GOOD, GOOD, attesting(3, 1, 0)).validatorRows[3]).toMatchObject({
      status: "suspended",
      stakeRao: 7_000 * TAO,
    });
    const next = small.close(GOOD, GOOD, GOOD, [1, 0]);
    expect(next.submissionRows[3]).toMatchObject({ standing: "suspended", judged: false });
    expect(next.consensusRow).toMatchObject({ submissions: 3, submittingShare: 1 });
    expect(next.slashes).toEqual([]);
    expect([...next.inConsensus]).toEqual([1, 1, 1, 0]);
    small.stakes[3] = 14_000 * TAO;
    const restored = small.close(GOOD, GOOD, GOOD, GOOD);
    expect(restored.submissionRows[3].standing).toBe("counted");
    expect(restored.validatorRows[3].status).toBe("probation");
  });

  it("for short stake follows a slash at once", () => {
    const court = new Court([5_000, 5_000, 5_000, 1_000]);
    const { validatorRows } = court.close(GOOD, GOOD, GOOD, OFF.minor);
    expect(validatorRows[3]).toMatchObject({ status: "suspended", stakeRao: 990 * TAO, meetsRequirement: false });
    expect(court.close(GOOD, GOOD, GOOD, [1, 0]).submissionRows[3]).toMatchObject({ standing: "below_minimum_stake", judged: false });
  });
});

describe("appeals", () => {
  const rules = { appealDays: 0.5, destination: "treasury" } as const;
  const epochs = (court: Court, count: number) => Array.from({ length: count }, () => court.close(GOOD, GOOD, GOOD, GOOD));

  it("hold the slash back for their time, then it is taken", () => {
    const court = new Court([5_000, 5_000, 5_000, 5_000], withSlashing(rules));
    const first = court.close(GOOD, GOOD, GOOD, OFF.severe);
    expect(first.slashes).toMatchObject([{ state: "held", amountRao: 750 * TAO, takenRao: 0 }]);
    expect(first.slashRows).toEqual([]);
    expect(first.validatorRows[3]).toMatchObject({ stakeRao: 5_000 * TAO, heldRao: 750 * TAO, slashedRao: 0, status: "probation" });
    expect(court.tribunal.heldRows()).toMatchObject([{ slash: 0, state: "held" }]);
    expect(epochs(court, 11).flatMap(({ slashRows }) => slashRows)).toEqual([]);
    const [due] = epochs(court, 1);
    expect(due.slashRows).toMatchObject([{ slash: 0, epoch: 1, state: "taken", takenRao: 750 * TAO, settledMs: 13 * HOUR_MS }]);
    expect(due.validatorRows[3]).toMatchObject({ stakeRao: 4_250 * TAO, heldRao: 0, slashedRao: 750 * TAO });
    expect(court.tribunal.heldRows()).toEqual([]);
  });

  it("that are upheld give back money, status and reputation", () => {
    const upheld = { validator: "v3", epoch: 1, outcome: "upheld" } as const;
    const court = new Court([5_000, 5_000, 5_000, 5_000], withSlashing({ ...rules, appeals: [upheld] }));
    expect(court.close(GOOD, GOOD, GOOD, attesting(3, 1, 0)).validatorRows[3].status).toBe("suspended");
    const last = epochs(court, 12)[11];
    expect(last.slashRows).toMatchObject([{ state: "overturned", takenRao: 0, amountRao: 2_500 * TAO }]);
    expect(last.validatorRows[3]).toMatchObject({
      status: "active",
      stakeRao: 5_000 * TAO,
      heldRao: 0,
      slashes: 0,
      deviations: 0,
      accuracy: 1,
    });
    expect(last.submissionRows[3].standing).toBe("counted");
    expect(court.burntRao).toBe(0);
  });

  it("can be decided between epochs, once", () => {
    const court = new Court([5_000, 5_000, 5_000, 5_000], withSlashing(rules));
    const [slash] = court.close(GOOD, GOOD, GOOD, OFF.severe).slashes;
    court.tribunal.uphold(slash, HOUR_MS + 1);
    expect(() => court.tribunal.uphold(slash, HOUR_MS + 2)).toThrow("not held");
    const [next, ...rest] = epochs(court, 14);
    expect(next.slashRows).toMatchObject([{ slash: 0, state: "overturned", settledMs: HOUR_MS + 1 }]);
    expect(next.validatorRows[3]).toMatchObject({ status: "active", heldRao: 0 });
    expect(rest.flatMap(({ slashRows }) => slashRows)).toEqual([]);
  });

  it("that are dismissed change nothing", () => {
    const dismissed = { validator: "v3", epoch: 1, outcome: "dismissed" } as const;
    const court = new Court([5_000, 5_000, 5_000, 5_000], withSlashing({ ...rules, appeals: [dismissed] }));
    court.close(GOOD, GOOD, GOOD, OFF.severe);
    epochs(court, 12);
    expect(court.burntRao).toBe(750 * TAO);
  });
});

describe("reputation", () => {
  it("is accuracy, consistency and reliability", () => {
    const court = new Court([5_000, 5_000, 5_000, 5_000]);
    let last = court.close(GOOD, GOOD, GOOD, OFF.minor);
    expect(last.validatorRows[3]).toMatchObject({ accuracy: 0, consistency: 0, reliability: 0, overall: 0 });
    for (let i = 0; i < 49; i++) last = court.close(GOOD, GOOD, GOOD, GOOD);
    expect(last.validatorRows[0]).toMatchObject({
      submissions: 50,
      agreeing: 50,
      accuracy: 1,
      consistency: 1,
      reliability: 0.5,
      overall: 0.9,
    });
    const { accuracy, consistency, reliability, overall } = last.validatorRows[3];
    expect([accuracy, consistency, reliability]).toEqual([0.98, 0.98, 0.4]);
    expect(overall).toBeCloseTo(0.4 * 0.98 + 0.4 * 0.98 + 0.2 * 0.4, 12);
    expect(last.validatorRows[3].status).toBe("active");
  });
});

describe("whatever is handed in", () => {
  const weights = fc.array(fc.oneof(fc.double(), fc.integer({ min: 0, max: 3 }), fc.constant(0.5)), { minLength: 1, maxLength: 3 });
  const handed = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Handed>(null) },
    { weight: 6, arbitrary: fc.constantFrom<Handed>(GOOD, ...Object.values(OFF)) },
    { weight: 3, arbitrary: weights as fc.Arbitrary<Handed> },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.nat(3), fc.oneof(fc.double(), fc.constant(NAV_RAO)), fc.nat(30))
        .map(([v, nav, block]) => attesting(v, nav, block)),
    },
  );
  const configuration = fc.constantFrom(
    DEFAULT_CONSENSUS,
    TAO20_ORIGINAL_SLASHING,
    withSlashing({ appealDays: 0.1, destination: "treasury" }),
    { ...DEFAULT_CONSENSUS, consensus: { ...DEFAULT_CONSENSUS.consensus, agreementOf: "agreeing_stake" as const } },
  );

  it("every number is a number, stake is conserved, and without a consensus nobody is slashed", () => {
    fc.assert(
      fc.property(
        configuration,
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.tuple(handed, handed, handed, handed), { minLength: 1, maxLength: 15 }),
        (rules, stakesTao, rounds) => {
          const court = new Court(stakesTao, rules);
          const before = court.stakes.reduce((sum, stake) => sum + stake, 0);
          for (const round of rounds) {
            const verdict = court.close(...round);
            const rows = [verdict.consensusRow, ...verdict.submissionRows, ...verdict.slashRows, ...verdict.validatorRows];
            for (const row of rows) {
              for (const [name, value] of Object.entries(row)) {
                if (typeof value === "number") expect(Number.isFinite(value), name).toBe(true);
              }
            }
            expect(court.stakes.reduce((sum, stake) => sum + stake, 0) + court.burntRao).toBe(before);
            for (const { accuracy, consistency, reliability, overall, heldRao, stakeRao } of verdict.validatorRows) {
              for (const figure of [accuracy, consistency, reliability, overall]) {
                expect(figure).toBeGreaterThanOrEqual(0);
                expect(figure).toBeLessThanOrEqual(1);
              }
              expect(heldRao).toBeLessThanOrEqual(stakeRao);
            }
            if (rules !== TAO20_ORIGINAL_SLASHING && verdict.consensus.weights === null) expect(verdict.slashes).toEqual([]);
            const slashed = verdict.slashes.map(({ validator }) => validator);
            expect(new Set(slashed).size).toBe(slashed.length);
          }
        },
      ),
      { numRuns: cases(70, 200) },
    );
  });
});
