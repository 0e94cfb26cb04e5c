import { describe, expect, it } from "vitest";
import {
  DEFAULT_CONSENSUS,
  refuseValidators,
  Tribunal,
  ValidatorRoster,
  type ValidatorsConfiguration,
  type Verdict,
} from "../../../engine/consensus/index.js";
import { randomStreams, type ValidatorStrategyConfiguration } from "../../../engine/index.js";
import { nodeEd25519 } from "../../../recorders/signatures/node-ed25519.js";

const TAO = 1_000_000_000;
const MINERS = Array.from({ length: 40 }, (_, miner) => `m${miner}`);
const DISHONEST: Readonly<Record<string, ValidatorStrategyConfiguration>> = {
  copier: { kind: "lazy_copier", copies: "honest 0" },
  ring: { kind: "colluder", group: "ring" },
  liar: { kind: "falsifier", navError: 0.02, falsifiedShare: 0.05 },
};
const EPOCHS = 120;

const configuration: ValidatorsConfiguration = {
  validators: [
    ...Array.from({ length: 7 }, (_, i) => ({ name: `honest ${i}`, behaviour: { kind: "honest" } as const })),
    ...Array.from({ length: 2 }, (_, i) => ({
      name: `noisy ${i}`,
      behaviour: { kind: "noisy", weightError: 0.1, navError: 0.0005, missedShare: 0.05 } as const,
    })),
    ...Object.entries(DISHONEST).map(([name, behaviour]) => ({ name, behaviour })),
  ].map((validator, i) => ({ ...validator, stakeRao: (5_000 + 700 * i) * TAO })),
  colludingGroups: [{ name: "ring", favoured: ["m38", "m39"], movedShare: 0.25 }],
};

/** Five days of hourly epochs; each weight wanders by up to 10 %, the NAV by up to 1 % an hour. */
function run(seed: number): { verdicts: Verdict[]; stakes: number[]; burntRao: number } {
  const random = randomStreams(seed, 0);
  const market = random("market");
  const roster = new ValidatorRoster(configuration, MINERS, random, nodeEd25519);
  const stakes = configuration.validators.map(({ stakeRao }) => stakeRao);
  const navs = [500_000_000];
  const run = { verdicts: [] as Verdict[], stakes, burntRao: 0 };
  const tribunal = new Tribunal(DEFAULT_CONSENSUS, roster.validators, {
    stakeRao: (validator) => stakes[validator],
    take({ validator, amountRao }) {
      stakes[validator] -= amountRao;
      run.burntRao += amountRao;
      return amountRao;
    },
    trueNavRao: (block) => navs[block] ?? null,
    signatures: nodeEd25519,
  });
  const weights = Float64Array.from(MINERS, (_, miner) => 1 / (miner + 1));
  let lastConsensus: Float64Array | null = null;
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    navs.push(Math.floor(navs[epoch - 1] * (0.99 + 0.02 * market())));
    weights.forEach((weight, miner) => {
      weights[miner] = weight * (0.9 + 0.2 * market());
    });
    const truth = { block: epoch, weights: weights.slice(), navRao: navs[epoch], operation: "epoch" } as const;
    const verdict = tribunal.close(epoch, epoch * 3_600_000, MINERS.length, roster.submissions(truth, lastConsensus));
    lastConsensus = verdict.consensus.weights ?? lastConsensus;
    run.verdicts.push(verdict);
  }
  return run;
}

describe("a subnet of twelve, three of them not honest", () => {
  const { verdicts, stakes, burntRao } = run(7);
  const last = verdicts[EPOCHS - 1].validatorRows;
  const number = (name: string) => configuration.validators.findIndex((validator) => validator.name === name);

  it("is one the checks let pass", () => {
    expect(() => refuseValidators(configuration, MINERS, [], "index.validators", 3_600_000)).not.toThrow();
  });

  it("has a consensus every hour", () => {
    expect(verdicts.filter(({ consensus }) => consensus.weights === null)).toEqual([]);
  });

  it("never slashes the honest, nor the merely noisy", () => {
    const slashed = new Set(verdicts.flatMap(({ slashes }) => slashes.map(({ validator }) => configuration.validators[validator].name)));
    expect([...slashed].filter((name) => name.startsWith("honest") || name.startsWith("noisy"))).toEqual([]);
    for (let validator = 0; validator < 9; validator++) expect(last[validator]).toMatchObject({ status: "active", slashedRao: 0 });
  });

  it("finds the ring and the liar, and says why", () => {
    const causes = (name: string) =>
      verdicts.flatMap(({ slashes }) => slashes.filter(({ validator }) => validator === number(name)).map(({ cause }) => cause));
    expect(causes("ring").length).toBeGreaterThan(0);
    expect(causes("ring")).not.toContain("falsified_attestation");
    expect(causes("liar")).toEqual(["falsified_attestation"]);
    expect(last[number("liar")].status).toBe("suspended");
    expect(last[number("ring")].slashedRao).toBeGreaterThan(0);
  });

  it("loses no rao", () => {
    const before = configuration.validators.reduce((sum, { stakeRao }) => sum + BigInt(stakeRao), 0n);
    expect(stakes.reduce((sum, stake) => sum + BigInt(stake), 0n) + BigInt(burntRao)).toBe(before);
    expect(last.reduce((sum, { slashedRao }) => sum + slashedRao, 0)).toBe(burntRao);
  });

  it("answers the same again", () => {
    const again = run(7);
    expect(again.verdicts.map(({ validatorRows }) => validatorRows)).toEqual(verdicts.map(({ validatorRows }) => validatorRows));
  });
});
