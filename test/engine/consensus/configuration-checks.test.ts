import { describe, expect, it } from "vitest";
import {
  type Appeal,
  type ConsensusConfiguration,
  DEFAULT_CONSENSUS,
  refuseConsensusConfiguration,
  refuseValidators,
  TAO20_ORIGINAL_SLASHING,
  type ValidatorsConfiguration,
} from "../../../engine/consensus/index.js";
import { TenureError, type ValidatorStrategyConfiguration } from "../../../engine/index.js";

type Section = keyof ConsensusConfiguration;

function refusal(act: () => void): { code: string; path: string | undefined } | null {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    return { code: error.code, path: error.place?.path };
  }
  return null;
}

const appeal: Appeal = { validator: "a", epoch: 1, outcome: "upheld" };

describe("rules", () => {
  it("that ship are taken", () => {
    expect(refusal(() => refuseConsensusConfiguration(DEFAULT_CONSENSUS, "v"))).toBeNull();
    expect(refusal(() => refuseConsensusConfiguration(TAO20_ORIGINAL_SLASHING, "v"))).toBeNull();
  });

  it.each<[Section, object, string, string]>([
    ["consensus", { minimumStakeRao: -1 }, "101", "v.consensus.minimum_stake"],
    ["consensus", { minimumStakeRao: Number.NaN }, "101", "v.consensus.minimum_stake"],
    ["consensus", { minimumSubmissions: 0 }, "102", "v.consensus.minimum_submissions"],
    ["consensus", { agreement: 1.1 }, "103", "v.consensus.agreement"],
    ["consensus", { agreement: Number.NaN }, "103", "v.consensus.agreement"],
    ["severity", { moderateAbove: 0.04 }, "104", "v.severity"],
    ["severity", { criticalAbove: Number.NaN }, "104", "v.severity"],
    ["severity", { criticalAbove: 1.5 }, "104", "v.severity"],
    ["severity", { moderateFromDeviations: 2.5 }, "105", "v.severity.moderate_from_deviations"],
    ["severity", { window: { kind: "epochs", epochs: 0 } }, "105", "v.severity.deviation_window_epochs"],
    ["severity", { window: { kind: "time", ms: -1 } }, "105", "v.severity.deviation_window"],
    ["slashing", { rates: { ...DEFAULT_CONSENSUS.slashing.rates, severe: 1.01 } }, "106", "v.slashing.rates.severe"],
    ["slashing", { rates: { ...DEFAULT_CONSENSUS.slashing.rates, minor: 0.00000015 } }, "106", "v.slashing.rates.minor"],
    ["slashing", { appealDays: -1 }, "106", "v.slashing.appeal_days"],
    ["slashing", { appealDays: Number.POSITIVE_INFINITY }, "106", "v.slashing.appeal_days"],
    ["slashing", { appeals: [appeal] }, "110", "v.slashing.appeals"],
    ["slashing", { appealDays: 1, evaluation: "all_in_window" }, "111", "v.slashing.appeal_days"],
    ["reputation", { accuracyWeight: 2 }, "107", "v.reputation.accuracy_weight"],
    ["reputation", { fullReliabilitySubmissions: 0 }, "107", "v.reputation.full_reliability_submissions"],
    ["status", { recoveryEpochs: 0 }, "108", "v.status.recovery_epochs"],
    ["attestations", { tolerance: -0.1 }, "109", "v.attestations.tolerance"],
  ])("%s %j are refused with TEN-CONSENSUS-%s", (section, change, code, path) => {
    const configuration = { ...DEFAULT_CONSENSUS, [section]: { ...DEFAULT_CONSENSUS[section], ...change } };
    expect(refusal(() => refuseConsensusConfiguration(configuration, "v"))).toEqual({ code: `TEN-CONSENSUS-${code}`, path });
  });
});

describe("validators", () => {
  function validators(behaviour: ValidatorStrategyConfiguration, change: Partial<ValidatorsConfiguration> = {}): ValidatorsConfiguration {
    return {
      validators: [
        { name: "a", stakeRao: 1, behaviour },
        { name: "b", stakeRao: 1, behaviour: { kind: "honest" } },
      ],
      colludingGroups: [{ name: "ring", favoured: ["m"], movedShare: 0.2 }],
      ...change,
    };
  }
  const refused = (configuration: ValidatorsConfiguration, appeals: readonly Appeal[] = []) =>
    refusal(() => refuseValidators(configuration, ["m"], appeals, "v", 3_600_000));

  it.each<ValidatorStrategyConfiguration>([
    { kind: "honest" },
    { kind: "noisy", weightError: 0, navError: 1, missedShare: 0.5 },
    { kind: "lazy_copier", copies: "b" },
    { kind: "lazy_copier", copies: null },
    { kind: "stale", lagEpochs: 1, attests: "current_block" },
    { kind: "colluder", group: "ring" },
    { kind: "falsifier", navError: -0.5, falsifiedShare: 1 },
  ])("%j is taken, and so are too few for a consensus", (behaviour) => {
    expect(refused(validators(behaviour))).toBeNull();
  });

  it.each<[ValidatorStrategyConfiguration, string, string]>([
    [{ kind: "noisy", weightError: -0.1, navError: 0, missedShare: 0 }, "121", "v.validators[0].behaviour.weight_error"],
    [{ kind: "noisy", weightError: 0, navError: Number.NaN, missedShare: 0 }, "121", "v.validators[0].behaviour.nav_error"],
    [{ kind: "noisy", weightError: 0, navError: 0, missedShare: 2 }, "121", "v.validators[0].behaviour.missed_share"],
    [{ kind: "stale", lagEpochs: 0, attests: "block_it_saw" }, "121", "v.validators[0].behaviour.lag_epochs"],
    [{ kind: "falsifier", navError: -1, falsifiedShare: 0 }, "121", "v.validators[0].behaviour.nav_error"],
    [{ kind: "falsifier", navError: 0, falsifiedShare: -1 }, "121", "v.validators[0].behaviour.falsified_share"],
    [{ kind: "colluder", group: "rong" }, "122", "v.validators[0].behaviour.group"],
    [{ kind: "lazy_copier", copies: "z" }, "123", "v.validators[0].behaviour.copies"],
    [{ kind: "lazy_copier", copies: "a" }, "124", "v.validators[0].behaviour.copies"],
  ])("%j is refused with TEN-CONSENSUS-%s", (behaviour, code, path) => {
    expect(refused(validators(behaviour))).toEqual({ code: `TEN-CONSENSUS-${code}`, path });
  });

  it("with a name twice, a stake that is none, or groups and appeals of nobody are refused", () => {
    const honest = { kind: "honest" } as const;
    const [a] = validators(honest).validators;
    expect(refused(validators(honest, { validators: [a, a] }))).toEqual({ code: "TEN-CONSENSUS-120", path: "v.validators" });
    expect(refused(validators(honest, { validators: [{ ...a, name: "" }] }))).toMatchObject({ code: "TEN-CONSENSUS-120" });
    expect(refused(validators(honest, { validators: [{ ...a, stakeRao: 0.5 }] }))).toEqual({
      code: "TEN-CONSENSUS-121",
      path: "v.validators[0].stake",
    });
    const group = { name: "ring", favoured: ["m"], movedShare: 0.2 };
    const groups = (...colludingGroups: (typeof group)[]) => refused(validators(honest, { colludingGroups }));
    expect(groups(group, group)).toEqual({ code: "TEN-CONSENSUS-120", path: "v.colluding_groups" });
    expect(groups({ ...group, favoured: ["x"] })).toEqual({ code: "TEN-CONSENSUS-125", path: "v.colluding_groups[0].favoured" });
    expect(groups({ ...group, favoured: [] })).toEqual({ code: "TEN-CONSENSUS-121", path: "v.colluding_groups[0].favoured" });
    expect(groups({ ...group, movedShare: 1.5 })).toEqual({ code: "TEN-CONSENSUS-121", path: "v.colluding_groups[0].moved_share" });
    expect(refused(validators(honest), [{ ...appeal, validator: "z" }])).toEqual({
      code: "TEN-CONSENSUS-126",
      path: "v.slashing.appeals[0].validator",
    });
  });
});
