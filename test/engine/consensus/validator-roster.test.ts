import { describe, expect, it } from "vitest";
import type { Truth } from "../../../engine/agents/validators/index.js";
import { deviationOf, isFalsified, isSignedBy, type Submission, ValidatorRoster } from "../../../engine/consensus/index.js";
import { randomStreams, type ValidatorStrategyConfiguration } from "../../../engine/index.js";
import { nodeEd25519 } from "../../../recorders/signatures/node-ed25519.js";

const MINERS = ["m0", "m1", "m2", "m3"];
const TOLERANCE = 0.001;

function truthAt(epoch: number, change: Partial<Truth> = {}): Truth {
  const weights = Float64Array.of(0.4, 0.3, 0.2, 0.1);
  // The first two change places every epoch.
  if (epoch % 2 === 1) weights.set([0.3, 0.4]);
  return { block: 300 * epoch, weights, navRao: 1_000_000_000 + 10_000_000 * epoch, operation: "epoch", ...change };
}

function roster(behaviours: Readonly<Record<string, ValidatorStrategyConfiguration>>, seed = 1): ValidatorRoster {
  return new ValidatorRoster(
    {
      validators: Object.entries(behaviours).map(([name, behaviour]) => ({ name, stakeRao: 1, behaviour })),
      colludingGroups: [{ name: "ring", favoured: ["m2", "m3"], movedShare: 0.5 }],
    },
    MINERS,
    randomStreams(seed, 0),
    nodeEd25519,
  );
}

function handedIn(submission: Submission | null): Submission {
  if (submission === null) throw new Error("nothing was handed in");
  return submission;
}

/** Weights to twelve digits: normalising rounds. */
const rounded = (weights: Iterable<number>) => Array.from(weights, (weight) => Number(weight.toFixed(12)));
const weightsOf = (submission: Submission | null) => rounded(handedIn(submission).weights);

describe("the roster", () => {
  it("signs with a key of each validator's own", () => {
    const three = roster({ a: { kind: "honest" }, b: { kind: "honest" }, c: { kind: "honest" } });
    const submissions = three.submissions(truthAt(0), null);
    submissions.forEach((submission, validator) => {
      const { attestation } = handedIn(submission);
      expect(attestation).toMatchObject({ block: 0, navRao: 1_000_000_000, operation: "epoch" });
      three.validators.forEach(({ publicKey }, owner) => {
        expect(attestation !== null && publicKey !== null && isSignedBy(attestation, publicKey, nodeEd25519)).toBe(owner === validator);
      });
    });
  });

  it("normalises what it hands in, and hands in zeros where nobody has any weight", () => {
    const two = roster({ a: { kind: "honest" }, b: { kind: "colluder", group: "ring" } });
    expect(weightsOf(two.submissions(truthAt(0, { weights: Float64Array.of(4, 3, 2, 1) }), null)[0])).toEqual([0.4, 0.3, 0.2, 0.1]);
    const zeros = two.submissions(truthAt(1, { weights: new Float64Array(4) }), null);
    for (const submission of zeros) expect(weightsOf(submission)).toEqual([0, 0, 0, 0]);
  });

  it("attests nothing where there is no NAV", () => {
    const all = roster({
      a: { kind: "honest" },
      b: { kind: "noisy", weightError: 0.1, navError: 0.1, missedShare: 0 },
      c: { kind: "falsifier", navError: 1, falsifiedShare: 1 },
      d: { kind: "stale", lagEpochs: 1, attests: "current_block" },
      e: { kind: "colluder", group: "ring" },
    });
    for (const submission of all.submissions(truthAt(0, { navRao: null }), null)) expect(handedIn(submission).attestation).toBeNull();
  });

  it("answers the same for the same seed, and nobody shifts another's numbers", () => {
    const noisy: ValidatorStrategyConfiguration = { kind: "noisy", weightError: 0.1, navError: 0.0005, missedShare: 0.2 };
    const alone = roster({ n: noisy });
    const beside = roster({ x: noisy, n: noisy, y: { kind: "falsifier", navError: 0.1, falsifiedShare: 0.5 } });
    for (let epoch = 0; epoch < 20; epoch++) {
      expect(beside.submissions(truthAt(epoch), null)[1]).toEqual(alone.submissions(truthAt(epoch), null)[0]);
    }
    expect(roster({ n: noisy }, 2).submissions(truthAt(0), null)).not.toEqual(roster({ n: noisy }, 1).submissions(truthAt(0), null));
  });
});

describe("a noisy validator", () => {
  it("is off by no more than its errors, and misses about its share of epochs", () => {
    const [weightError, navError] = [0.1, 0.0005];
    const one = roster({ n: { kind: "noisy", weightError, navError, missedShare: 0.25 } });
    let missed = 0;
    let deviations = 0;
    for (let epoch = 0; epoch < 400; epoch++) {
      const truth = truthAt(epoch);
      const [submission] = one.submissions(truth, null);
      if (submission === null) {
        missed += 1;
        continue;
      }
      const deviation = deviationOf(submission.weights, truth.weights);
      expect(deviation).toBeLessThanOrEqual(weightError);
      deviations += deviation;
      const { navRao } = submission.attestation ?? { navRao: Number.NaN };
      expect(isFalsified(navRao, truth.navRao ?? 0, TOLERANCE)).toBe(false);
      expect(navRao).not.toBe(truth.navRao);
    }
    expect(missed).toBeGreaterThan(70);
    expect(missed).toBeLessThan(130);
    expect(deviations / (400 - missed)).toBeGreaterThan(0.01);
    expect(deviations / (400 - missed)).toBeLessThan(0.04);
  });
});

describe("a lazy copier", () => {
  it("hands in what the other did the epoch before, attestation included, signed by itself", () => {
    const two = roster({ honest: { kind: "honest" }, lazy: { kind: "lazy_copier", copies: "honest" } });
    expect(two.submissions(truthAt(0), null)[1]).toBeNull();
    const [honest, lazy] = two.submissions(truthAt(1), null).map(handedIn);
    expect(rounded(lazy.weights)).toEqual([0.4, 0.3, 0.2, 0.1]);
    expect(lazy.attestation).toMatchObject({ block: 0, navRao: 1_000_000_000 });
    expect(rounded(honest.weights)).toEqual([0.3, 0.4, 0.2, 0.1]);
    const { publicKey } = two.validators[1];
    expect(lazy.attestation !== null && publicKey !== null && isSignedBy(lazy.attestation, publicKey, nodeEd25519)).toBe(true);
  });

  it("of the consensus waits for the first one", () => {
    const one = roster({ lazy: { kind: "lazy_copier", copies: null } });
    expect(one.submissions(truthAt(0), null)[0]).toBeNull();
    const consensus = Float64Array.of(0.2, 0.2, 0, 0);
    expect(weightsOf(one.submissions(truthAt(1), consensus)[0])).toEqual([0.5, 0.5, 0, 0]);
    expect([...consensus]).toEqual([0.2, 0.2, 0, 0]);
  });
});

describe("a stale validator", () => {
  it("works on what was true so many epochs ago and attests the block it saw", () => {
    const one = roster({ s: { kind: "stale", lagEpochs: 3, attests: "block_it_saw" } });
    const blocks = [0, 1, 2, 3, 4, 5].map((epoch) => handedIn(one.submissions(truthAt(epoch), null)[0]).attestation?.block);
    expect(blocks).toEqual([0, 0, 0, 0, 300, 600]);
  });

  it("can claim the old NAV for the block of now", () => {
    const one = roster({ s: { kind: "stale", lagEpochs: 1, attests: "current_block" } });
    one.submissions(truthAt(0), null);
    const submission = handedIn(one.submissions(truthAt(1), null)[0]);
    expect(submission.attestation).toMatchObject({ block: 300, navRao: 1_000_000_000 });
    expect(rounded(submission.weights)).toEqual([0.4, 0.3, 0.2, 0.1]);
  });
});

describe("a colluding group", () => {
  it("hands in the same: half of all weight moved to its miners, its NAV true", () => {
    const group = roster({ a: { kind: "colluder", group: "ring" }, b: { kind: "colluder", group: "ring" } });
    const [one, other] = group.submissions(truthAt(0), null).map(handedIn);
    expect(rounded(one.weights)).toEqual([0.2, 0.15, 0.35, 0.3]);
    expect([...other.weights]).toEqual([...one.weights]);
    expect(one.attestation).toMatchObject({ block: 0, navRao: 1_000_000_000 });
  });
});

describe("a falsifier", () => {
  it("attests a NAV that is off in its share of epochs, with honest weights", () => {
    const one = roster({ f: { kind: "falsifier", navError: -0.02, falsifiedShare: 0.5 } });
    let falsified = 0;
    for (let epoch = 0; epoch < 200; epoch++) {
      const truth = truthAt(epoch);
      const { weights, attestation } = handedIn(one.submissions(truth, null)[0]);
      expect(deviationOf(weights, truth.weights)).toBeLessThan(1e-12);
      const { navRao } = attestation ?? { navRao: Number.NaN };
      if (isFalsified(navRao, truth.navRao ?? 0, TOLERANCE)) {
        falsified += 1;
        expect(navRao).toBe(Math.floor((truth.navRao ?? 0) * 0.98));
      } else expect(navRao).toBe(truth.navRao);
    }
    expect(falsified).toBeGreaterThan(70);
    expect(falsified).toBeLessThan(130);
  });
});
