import { CHAIN_BONDS, ChainYuma, YUMA_VERSIONS, Yuma } from "../../engine/yuma/index.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";

const VALIDATORS = 64;
const MINERS = 256;
const LIQUID = { alphaLow: 0.7, alphaHigh: 0.9, sigmoidSteepness: 10, consensus: "current" } as const;
const CHAIN_LIQUID = { alphaLowU16: 45_875, alphaHighU16: 58_982, sigmoidSteepness: 1000 };
const CHAIN = { kappaU16: 32_767, bondsPenaltyU16: 65_535, bondsMovingAveragePpm: 900_000 };
const DOUBLES = {
  kappa: 0.5,
  bondPenalty: 1,
  bondMovingAverage: 0.9,
  decayRate: 0.1,
  capacityAlpha: 0.1,
  winnerTakesAll: false,
} as const;

export interface YumaResult {
  readonly validators: number;
  readonly miners: number;
  /** CPU of an epoch, ms, by version; `-liquid` with liquid alpha, `chain-` in the chain's fixed point. */
  readonly epoch_ms: Readonly<Record<string, Samples>>;
}

interface Program {
  /** @throws Error when what comes out cannot be */
  epoch(stakes: Float64Array, set: Float64Array): void;
}

/** Yuma on 64 validators and 256 miners, whose weights all change in every epoch. */
export async function measureYuma({ quick, progress }: PartContext): Promise<YumaResult> {
  progress(`yuma: epochs of ${VALIDATORS} validators and ${MINERS} miners`);
  const stakes = Float64Array.from({ length: VALIDATORS }, (_, i) => (1 + ((i * 37) % VALIDATORS)) * 1_000_000_000);
  const sets = Array.from({ length: 8 }, (_, epoch) => madeUpWeights(epoch));
  const rounds = quick ? 1 : 7;
  const epochs = quick ? 20 : 200;
  const epoch_ms: Record<string, Samples> = {};
  for (const [name, program] of programs()) {
    const times: number[] = [];
    // The first round is of a compiler that has seen nothing yet.
    for (let round = 0; round <= rounds; round++) {
      const start = process.cpuUsage();
      for (let epoch = 0; epoch < epochs; epoch++) program.epoch(stakes, sets[epoch % sets.length]);
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times.push((user + system) / 1000 / epochs);
    }
    epoch_ms[name] = samplesOf(times, 3);
  }
  return { validators: VALIDATORS, miners: MINERS, epoch_ms };
}

function programs(): [string, Program][] {
  const doubles = YUMA_VERSIONS.flatMap((version): [string, Program][] => {
    const plain = new Yuma({ ...DOUBLES, version, liquidAlpha: null }, VALIDATORS, MINERS);
    if (version === "yuma2c") return [[version, checked(plain)]];
    const liquid = new Yuma({ ...DOUBLES, version, liquidAlpha: LIQUID }, VALIDATORS, MINERS);
    return [
      [version, checked(plain)],
      [`${version}-liquid`, checked(liquid)],
    ];
  });
  const chain = CHAIN_BONDS.map((bonds): [string, Program] => {
    return [`chain-${bonds}`, checked(new ChainYuma({ ...CHAIN, bonds, liquidAlpha: null }, VALIDATORS, MINERS))];
  });
  const liquid = new ChainYuma({ ...CHAIN, bondsPenaltyU16: 0, bonds: "yuma3", liquidAlpha: CHAIN_LIQUID }, VALIDATORS, MINERS);
  return [...doubles, ...chain, ["chain-yuma3-liquid", checked(liquid)]];
}

function checked(yuma: Yuma | ChainYuma): Program {
  return {
    epoch(stakes, set) {
      yuma.epoch(stakes, set);
      if (!(yuma.incentive[0] > 0)) throw new Error("the first miner earns nothing");
    },
  };
}

/** Around a common value of each miner, a quarter off it to either side; u16. */
function madeUpWeights(epoch: number): Float64Array {
  return Float64Array.from({ length: VALIDATORS * MINERS }, (_, at) => {
    const miner = at % MINERS;
    const worth = 1000 + ((miner * 89) % MINERS) * 100;
    const noise = ((at * 7919 + epoch * 104_729) % 1000) / 1000 - 0.5;
    return Math.round(worth * (1 + noise / 2));
  });
}
