import type { MinerKey } from "./miner-totals.js";
import { bySubnetThenHotkey } from "./pay-shift.js";

/** The ends of a list of miners. */
export interface WinnersAndLosers<Miner> {
  /** Largest gain first. */
  readonly winners: readonly Miner[];
  /** Largest loss first. */
  readonly losers: readonly Miner[];
}

/**
 * The miners that gain most and those that lose most; who neither gains nor loses is neither.
 * @param changeOf what a miner gains; below 0: loses
 * @param top how many of each at most
 */
export function winnersAndLosers<Miner extends MinerKey>(
  miners: readonly Miner[],
  changeOf: (miner: Miner) => bigint | number,
  top: number,
): WinnersAndLosers<Miner> {
  const smallestFirst = (a: Miner, b: Miner) => {
    const [left, right] = [changeOf(a), changeOf(b)];
    return left < right ? -1 : left > right ? 1 : bySubnetThenHotkey(a, b);
  };
  const largestFirst = (a: Miner, b: Miner) => {
    const [left, right] = [changeOf(a), changeOf(b)];
    return left > right ? -1 : left < right ? 1 : bySubnetThenHotkey(a, b);
  };
  return {
    winners: miners
      .filter((miner) => changeOf(miner) > 0)
      .sort(largestFirst)
      .slice(0, top),
    losers: miners
      .filter((miner) => changeOf(miner) < 0)
      .sort(smallestFirst)
      .slice(0, top),
  };
}
