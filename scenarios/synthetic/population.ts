import { DAY_MS, math, type RandomStream, randomStreams } from "../../engine/index.js";
import type { SyntheticContext } from "./context.js";
import { drawLogUniform } from "./log-uniform.js";
import type { SyntheticOptions } from "./options.js";

const { floor } = math;
/** Steps of the golden ratio fall evenly into [0, 1), so that even a few miners behave in the proportions asked for. */
const GOLDEN_STEP = 0.618_033_988_749_894_9;

/** The miners of a synthetic subnet: who they are, what they are worth and how they behave. Index = place after `firstUid`. */
export interface Population {
  readonly count: number;
  /** Address ids. */
  readonly hotkeys: Int32Array;
  readonly coldkeys: Int32Array;
  /** Expected share of the pot, relative. */
  readonly weights: Float64Array;
  /** 1: removes stake now and then. */
  readonly sells: Uint8Array;
  /** Time between two sweeps; Infinity: never. */
  readonly sweepMs: Float64Array;
  /** The random stream of one miner for one purpose. Other miners do not shift it. */
  randomOf(miner: number, purpose: string): RandomStream;
}

function minerHotkey(name: string, miner: number): string {
  return `${name}/miner-${String(miner).padStart(3, "0")}`;
}

/** Hotkeys of the miners of a synthetic subnet, by the name of its stream. */
export function minerHotkeys(name: string, miners: number): readonly string[] {
  return Array.from({ length: miners }, (_, miner) => minerHotkey(name, miner));
}

/** What miners are drawn from. */
export type PopulationContext = Pick<SyntheticContext, "name" | "seed" | "replicate" | "addresses">;

/** Draws the miners. Each draws from streams of its own: one miner more leaves the others as they are. */
export function makePopulation(options: SyntheticOptions, context: PopulationContext): Population {
  const { miners: count, behaviours } = options;
  const { name, addresses } = context;
  const random = randomStreams(context.seed, context.replicate);
  const randomOf = (miner: number, purpose: string) => random(`synthetic/${name}/miner/${miner}/${purpose}`);
  const owners = Array.from({ length: options.coldkeys }, (_, owner) => `${name}/owner-${String(owner).padStart(2, "0")}`);
  const population: Population = {
    count,
    hotkeys: new Int32Array(count),
    coldkeys: new Int32Array(count),
    weights: new Float64Array(count),
    sells: new Uint8Array(count),
    sweepMs: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    randomOf,
  };
  const total = behaviours.holders + behaviours.trimmers + behaviours.sweepers;
  const offset = random(`synthetic/${name}/behaviours`)();
  for (let miner = 0; miner < count; miner++) {
    const draw = randomOf(miner, "character");
    population.hotkeys[miner] = addresses.intern(minerHotkey(name, miner));
    const owner = miner < options.coldkeys ? miner : floor(draw() * options.coldkeys);
    population.coldkeys[miner] = addresses.intern(owners[owner]);
    population.weights[miner] = drawLogUniform(draw, 1, options.shareSpread);
    const place = offset + miner * GOLDEN_STEP;
    const rank = (place - floor(place)) * total;
    population.sells[miner] = rank >= behaviours.holders ? 1 : 0;
    if (rank < behaviours.holders + behaviours.trimmers || behaviours.sweepers === 0) continue;
    population.sweepMs[miner] = drawLogUniform(draw, options.sweepEveryDays.fromDays, options.sweepEveryDays.toDays) * DAY_MS;
  }
  return population;
}
