import { z } from "zod";
import { LIQUID_CONSENSUS, resetBonds, YUMA_VERSIONS, Yuma, type YumaConfiguration } from "../../../engine/yuma/index.js";
import { checker } from "../case.js";
import { near, same } from "../difference.js";

const number = z.number();
const params = z.object({
  kappa: number.default(0.5),
  bondPenalty: number.default(1),
  bondMovingAverage: number.default(0.1),
  liquidAlpha: z.boolean().default(false),
  alphaLow: number.default(0.1),
  alphaHigh: number.default(0.3),
  sigmoidSteepness: number.default(10),
  liquidConsensusMode: z.string().default("CURRENT"),
  decayRate: number.default(0.1),
  capacityAlpha: number.default(0.1),
  winnerTakesAll: z.boolean().default(false),
});
export type YumaParams = z.output<typeof params>;

const rows = z.array(z.array(z.union([number, z.tuple([number, number])])));
const matrix = z.array(z.array(number));
const expected = z.object({
  epoch: number,
  consensusRaw: z.array(number),
  consensus: z.array(number),
  clipped: matrix.optional(),
  incentive: z.array(number),
  dividends: z.array(number),
  bonds: matrix,
  minerTrust: z.array(number),
  validatorTrust: z.array(number),
});
export const yumaCase = z.object({
  id: z.string(),
  kind: z.string(),
  version: z.enum(YUMA_VERSIONS),
  params,
  validators: number,
  miners: number,
  epochs: number,
  resetBonds: z.object({ miner: number, epoch: number }).optional(),
  stakes: z.array(z.array(number).nullable()),
  weights: z.array(rows.nullable()),
  expected: z.array(expected),
  flags: z.object({ quantizationEdgeEpochs: z.array(number).default([]) }),
});
export type YumaCase = z.output<typeof yumaCase>;

/** The doubles agree with the twelve digits of the file; where truncation may fall either way, a step of the grid and what follows of it. */
const EXACT = { consensus: 1e-9, others: 1e-9 };
const ON_EDGE = { consensus: 1.6e-5, others: 2e-4 };

/** Cases of the formulas in double precision: every field of every epoch that is listed, over all epochs. */
export const checkYuma = checker(yumaCase, (one) => {
  const within = one.flags.quantizationEdgeEpochs.length > 0 ? ON_EDGE : EXACT;
  let seen = 0;
  eachEpoch(one, configurationOf(one.version, one.params), (epoch, yuma) => {
    const answer = one.expected.find((candidate) => candidate.epoch === epoch);
    if (answer === undefined) return;
    seen += 1;
    const at = (field: string) => `epoch ${epoch}: ${field}`;
    closeAll(at("consensusRaw"), yuma.consensusRaw, answer.consensusRaw, EXACT.consensus);
    closeAll(at("consensus"), yuma.consensus, answer.consensus, within.consensus);
    closeAll(at("incentive"), yuma.incentive, answer.incentive, within.others);
    closeAll(at("dividends"), yuma.dividends, answer.dividends, within.others);
    closeAll(at("minerTrust"), yuma.minerTrust, answer.minerTrust, within.others);
    closeAll(at("validatorTrust"), yuma.validatorTrust, answer.validatorTrust, within.others);
    const byRow = { bonds: [answer.bonds, yuma.state.bonds], clipped: [answer.clipped ?? [], yuma.clipped] } as const;
    for (const [field, [wanted, found]] of Object.entries(byRow)) {
      for (const [i, row] of wanted.entries()) closeAll(at(`${field}[${i}]`), rowOf(found, yuma, i), row, within.others);
    }
  });
  same("epochs compared", seen, one.expected.length);
});

/** Runs a case from its first epoch to its last. */
export function eachEpoch(
  one: Pick<YumaCase, "validators" | "miners" | "epochs" | "resetBonds" | "stakes" | "weights">,
  configuration: YumaConfiguration,
  listener: (epoch: number, yuma: Yuma, stakes: readonly number[]) => void,
): void {
  // The simulator lets all miners share where nobody has a rank.
  const yuma = new Yuma(configuration, one.validators, one.miners, undefined, { winnersOfNothing: true });
  const set = new Float64Array(one.validators * one.miners);
  let stakes: readonly number[] = [];
  for (let epoch = 0; epoch < one.epochs; epoch++) {
    stakes = one.stakes[epoch] ?? stakes;
    const changed = one.weights[epoch];
    if (changed !== null && changed !== undefined) fill(set, changed, one.miners);
    if (one.resetBonds?.epoch === epoch) resetBonds(yuma.state, one.resetBonds.miner);
    yuma.epoch(stakes, set);
    listener(epoch, yuma, stakes);
  }
}

export function configurationOf(version: YumaConfiguration["version"], given: YumaParams): YumaConfiguration {
  const mode = given.liquidConsensusMode.toLowerCase();
  const consensus = LIQUID_CONSENSUS.find((candidate) => candidate === mode);
  if (consensus === undefined) throw new Error(`unknown liquidConsensusMode ${mode}`);
  const { alphaLow, alphaHigh, sigmoidSteepness, liquidAlpha, ...others } = given;
  return { ...others, version, liquidAlpha: liquidAlpha ? { alphaLow, alphaHigh, sigmoidSteepness, consensus } : null };
}

/** Rows of a number a miner, or of pairs (miner, number). */
function fill(set: Float64Array, given: z.output<typeof rows>, miners: number): void {
  set.fill(0);
  given.forEach((row, i) => {
    row.forEach((cell, j) => {
      if (typeof cell === "number") set[i * miners + j] = cell;
      else set[i * miners + cell[0]] = cell[1];
    });
  });
}

function rowOf(pairs: Float64Array, { validators, miners }: Yuma, validator: number): number[] {
  return Array.from({ length: miners }, (_, miner) => pairs[miner * validators + validator]);
}

function closeAll(at: string, found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  same(`${at}.length`, found.length, wanted.length);
  for (const [i, value] of wanted.entries()) near(`${at}[${i}]`, found[i], value, tolerance);
}
