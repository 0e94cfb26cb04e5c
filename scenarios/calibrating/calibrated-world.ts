import { BLOCK_MS, math, SKILL_RANGE } from "../../engine/index.js";
import { type ObservedMiner, type ObservedSubnet, paidInAll, soldInAll } from "./observed-subnet.js";
import { type SellingHabit, sellingHabit } from "./selling-habit.js";
import { skillShares } from "./skill-shares.js";
import { type SkillSpread, skillSpread } from "./skill-spread.js";

const { ceil, floor, max, min, round } = math;
/** Skills are stated in percent of the pot, to eight digits. */
const PERCENT = 100;
const SKILL_DIGITS = 8;
/** Who was not paid in the last tenth of the epochs has left. */
const LAST_PART = 10;

/** How the pot of the calibrated miners comes: evenly, or when and as much as was recorded. */
export type CalibratedEmission = "schedule" | "recorded";

/** A miner of the calibrated world, and whom it stands for. */
export interface CalibratedMiner {
  readonly name: string;
  readonly observed: ObservedMiner;
  readonly paidRao: number;
  readonly soldRao: number;
  /** Percent of the pot, where all are there; above 0. */
  readonly skill: number;
  readonly habit: SellingHabit;
  /** After the start; 0: it is there from the start. */
  readonly arrivesAfterMs: number;
  /** End of the last epoch that paid it, where none of the last tenth of the epochs did; null: it did not leave. */
  readonly leftMs: number | null;
}

/** Those who were paid least, as one group. */
export interface CalibratedOthers {
  readonly name: string;
  readonly count: number;
  readonly paidRao: number;
  readonly soldRao: number;
  /** Of each. */
  readonly skill: number;
  readonly heldAtStartRao: number;
  /** Part of its pay that each sells, 0..1. */
  readonly soldShare: number;
  readonly arrives: { readonly fromMs: number; readonly toMs: number };
}

/** A closed loop whose miners are paid and sell as those of a recording (docs/explanation/calibration.md). */
export interface CalibratedWorld {
  readonly observed: ObservedSubnet;
  readonly startMs: number;
  readonly endMs: number;
  readonly tempoBlocks: number;
  /** Of the schedule of emission, rao a block, and the blocks that it is paid for. */
  readonly potRaoPerBlock: number;
  readonly blocks: number;
  readonly paidRao: number;
  readonly spread: SkillSpread;
  /** The best paid first. */
  readonly miners: readonly CalibratedMiner[];
  readonly others: CalibratedOthers | null;
}

/** @param mostMiners how many have a group of their own; 1 or more */
export function calibratedWorld(observed: ObservedSubnet, emission: CalibratedEmission, mostMiners: number): CalibratedWorld {
  const { epochEndsMs } = observed;
  const tempoBlocks = max(1, round(medianGap(epochEndsMs) / BLOCK_MS));
  const epochMs = tempoBlocks * BLOCK_MS;
  const startMs = max(0, epochEndsMs[0] - epochMs);
  const endMs = epochEndsMs[epochEndsMs.length - 1];
  const epochs = max(1, floor((endMs - startMs) / epochMs));
  const payees = observed.miners.map((miner) => ({ miner, paid: paidInAll(miner) }));
  const paidRao = payees.reduce((sum, { paid }) => sum + paid, 0);
  payees.sort((a, b) => b.paid - a.paid || a.miner.firstEpoch - b.miner.firstEpoch || byName(a.miner, b.miner));
  const ranked = payees.map(({ miner }) => miner);
  const arrivals = ranked.map(({ firstEpoch }) => (firstEpoch === 0 ? 0 : epochEndsMs[firstEpoch - 1] - startMs));
  const clock: Clock =
    emission === "recorded"
      ? { pots: potsOf(observed), firstEpoch: (i) => ranked[i].firstEpoch, latestMs: Number.POSITIVE_INFINITY }
      : // By the clock everybody begins at the end of an epoch, and has to be there for one.
        {
          pots: new Float64Array(epochs).fill(1),
          firstEpoch: (i) => min(epochs - 1, ceil(arrivals[i] / epochMs)),
          latestMs: (epochs - 1) * epochMs,
        };
  const shares = skillShares(
    payees.map(({ paid }, i) => ({ firstEpoch: clock.firstEpoch(i), paid })),
    clock.pots,
  );
  const lastKept = epochEndsMs.length - max(1, ceil(epochEndsMs.length / LAST_PART));
  const all = ranked.map(
    (miner, i): Omit<CalibratedMiner, "habit"> => ({
      name: `miner-${i + 1}`,
      observed: miner,
      paidRao: payees[i].paid,
      soldRao: soldInAll(miner),
      skill: statedSkill(shares[i]),
      arrivesAfterMs: min(arrivals[i], clock.latestMs),
      leftMs: miner.lastEpoch < lastKept ? epochEndsMs[miner.lastEpoch] : null,
    }),
  );
  return {
    observed,
    startMs,
    endMs,
    tempoBlocks,
    potRaoPerBlock: max(1, round(paidRao / (epochs * tempoBlocks))),
    blocks: epochs * tempoBlocks,
    paidRao,
    spread: skillSpread(ranked, epochEndsMs.length, epochMs),
    miners: all.slice(0, mostMiners).map((miner) => ({ ...miner, habit: sellingHabit(miner.observed, epochEndsMs, epochMs) })),
    others: othersOf(all.slice(mostMiners), shares.subarray(mostMiners)),
  };
}

/** When the epochs of the calibrated world pay. */
interface Clock {
  /** What each has to share, relative. */
  readonly pots: Float64Array;
  readonly firstEpoch: (miner: number) => number;
  readonly latestMs: number;
}

function othersOf(miners: readonly Omit<CalibratedMiner, "habit">[], shares: Float64Array): CalibratedOthers | null {
  const count = miners.length;
  if (count === 0) return null;
  const sum = (of: (miner: (typeof miners)[number]) => number) => miners.reduce((all, miner) => all + of(miner), 0);
  const [paidRao, soldRao] = [sum((one) => one.paidRao), sum((one) => one.soldRao)];
  const arrivals = miners.map(({ arrivesAfterMs }) => arrivesAfterMs);
  return {
    name: "others",
    count,
    paidRao,
    soldRao,
    skill: statedSkill(shares.reduce((all, share) => all + share, 0) / count),
    heldAtStartRao: floor(sum(({ observed }) => observed.heldAtStartRao) / count),
    soldShare: min(1, round((soldRao / paidRao) * 1e4) / 1e4),
    arrives: { fromMs: min(...arrivals), toMs: max(...arrivals) },
  };
}

/** In percent, in digits that a scenario holds, within what a skill can be. */
function statedSkill(share: number): number {
  const skill = Number((share * PERCENT).toPrecision(SKILL_DIGITS));
  return min(SKILL_RANGE.atMost, max(SKILL_RANGE.atLeast, skill));
}

/** What each epoch paid all miners. */
function potsOf({ epochEndsMs, miners }: ObservedSubnet): Float64Array {
  const pots = new Float64Array(epochEndsMs.length);
  for (const { firstEpoch, paidRao } of miners) {
    for (let k = 0; k < paidRao.length; k++) pots[firstEpoch + k] += paidRao[k];
  }
  return pots;
}

/** The lower one of two in the middle; of at least two instants. */
function medianGap(instantsMs: Float64Array): number {
  const gaps = instantsMs.subarray(1).map((timeMs, i) => timeMs - instantsMs[i]);
  return gaps.sort()[floor((gaps.length - 1) / 2)];
}

function byName(a: ObservedMiner, b: ObservedMiner): number {
  if (a.hotkey !== b.hotkey) return a.hotkey < b.hotkey ? -1 : 1;
  return a.coldkey < b.coldkey ? -1 : 1;
}
