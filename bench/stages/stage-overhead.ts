import { StageList } from "../../engine/epochs/stage-list.js";
import { Fraction } from "../../engine/kernel/decimal.js";
import { DEFAULT_MULTIPLIER_PARAMETERS } from "../../engine/rules/multipliers/index.js";
import { type StageFacts, stageOf } from "../../engine/rules/stages/index.js";
import { factsOf } from "../../engine/rules/stages/one-miner.js";
import type { StageConfiguration } from "../../engine/rules/stages/stage-configuration.js";
import { type Samples, samplesOf } from "../samples.js";

const MINERS = 256;
/** The two ends of a list cost more than a stage, so a list has it so often and is compared with one that has none. */
const TIMES = 8;
const NOBODY = new Uint8Array(MINERS);

export interface StageOverhead {
  readonly stage: string;
  /** CPU of the formula alone, ns a miner and epoch. */
  readonly formula_ns: Samples;
  /** CPU of the stage in a list less that of its formula, ns a miner and epoch. */
  readonly more_ns: Samples;
}

const STAGES: Readonly<Record<string, StageConfiguration>> = {
  gate: { stage: "gate", parameters: { by: "stake", atLeast: 1, unit: "alpha", below: "zero", power: 1 } },
  multiplier: { stage: "multiplier", parameters: {}, variant: "geometric", of: DEFAULT_MULTIPLIER_PARAMETERS },
  curve: { stage: "curve", parameters: { ties: "average" }, variant: "exponential", of: { rate: 2 } },
  smooth: { stage: "smooth", parameters: { onNewKey: "reset" }, variant: "ema", of: { alpha: 0.1, halfLifeEpochs: null } },
  cap: { stage: "cap", parameters: { maxShare: 0.01, excess: "others" } },
};

/**
 * Epochs of made-up miners through a list of one stage, a list of none and the formula alone, in turns.
 * @throws Error when the list and the formula do not agree: then there is no time to tell
 */
export function measureOverhead(epochs: number, rounds: number): StageOverhead[] {
  return Object.entries(STAGES).map(([stage, configuration]) => {
    const listed = new StageList({ stages: Array(TIMES).fill(configuration), residual: null, recordsEveryEpoch: false });
    const empty = new StageList({ stages: [], residual: null, recordsEveryEpoch: false });
    const alone = formulaOf(configuration);
    const facts = madeUpMiners();
    const base = Float64Array.from({ length: MINERS }, (_, i) => 1 + ((i * 37) % MINERS));
    const programs = [() => listed.run(facts, base), () => empty.run(facts, base), () => alone(facts, base)];
    const formula: number[] = [];
    const more: number[] = [];
    // The first round is of a compiler that has seen nothing yet.
    for (let round = 0; round <= rounds; round++) {
      const [inList, ends, formulas] = programs.map((program) => cpuNs(program, epochs) / (epochs * MINERS * TIMES));
      if (round === 0) continue;
      formula.push(formulas);
      more.push(inList - ends - formulas);
    }
    return { stage, formula_ns: samplesOf(formula, 2), more_ns: samplesOf(more, 2) };
  });
}

/** The formula of a stage, bound so often as a list has it, on arrays as a list has them. */
function formulaOf({ stage, parameters, variant, of }: StageConfiguration): (facts: StageFacts, base: Float64Array) => void {
  const declared = stageOf(stage);
  const stated = { ...parameters, variant, of } as never;
  const into = new Float64Array(MINERS);
  if (declared.effect === "keep") throw new Error("a stage that keeps has no formula a miner");
  if (declared.effect === "share") {
    const around = { kept: Fraction.whole(1), listOf: () => ({ run: (_: StageFacts, base: Float64Array) => base }) };
    const all = Array.from({ length: TIMES }, () => declared.bind(stated, around));
    return (facts, base) => {
      for (const bound of all) bound.share(facts, base, into, { base, withheld: NOBODY });
    };
  }
  const all = Array.from({ length: TIMES }, () => declared.bind(stated));
  return (facts) => {
    for (const bound of all) for (let i = 0; i < MINERS; i++) into[i] = bound.factor(facts, i, null);
  };
}

function cpuNs(program: () => void, epochs: number): number {
  const start = process.cpuUsage();
  for (let epoch = 0; epoch < epochs; epoch++) program();
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

function madeUpMiners(): StageFacts {
  const of = (make: (i: number) => number) => Float64Array.from({ length: MINERS }, (_, i) => make(i));
  const nobody = factsOf({ stakeRao: 0, heldShare: 0, heldDays: 0, exactly: null, priceTaoPerAlpha: 0.01 });
  return {
    ...nobody,
    count: MINERS,
    key: Int32Array.from({ length: MINERS }, (_, i) => i),
    uid: Int32Array.from({ length: MINERS }, (_, i) => i),
    registeredMs: of((i) => i),
    stakeRao: of((i) => (i + 2) * 1_000_000_000),
    heldShare: of((i) => ((i * 61) % MINERS) / MINERS),
    heldDays: of((i) => (i * 13) % 60),
  };
}
