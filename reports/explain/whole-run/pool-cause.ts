import { isRead, type StageConfiguration } from "../../../engine/index.js";
import type { OwnRows } from "../told/own-rows.js";
import type { Cause, CauseRange } from "./cause.js";
import { isSurelyIn, type PoolMember, statedPools } from "./pool-members.js";
import { logMove, type Shares } from "./share-words.js";

interface CollateralGate {
  readonly by: string;
  readonly atLeast: number;
  readonly below: "zero" | "scale" | "no_bonus";
  readonly power: number;
}

/**
 * Of a stage `pools` of which only tables are known: a gate by collateral in a pool of the miner, where it moved the miner by more than
 * what that entered the pools with. What other stages of pools gave in each epoch no table holds.
 * @returns per range the cause; undefined: no such gate moved it
 */
export function poolCause(
  one: StageConfiguration,
  shares: Shares,
  who: PoolMember,
  rows: OwnRows,
): ((range: CauseRange, causeOf: (parameters: object, range: CauseRange) => Cause | undefined) => Cause | undefined) | null {
  const pools = statedPools(one);
  const gates = pools
    .filter((pool) => isSurelyIn(pool, pools, who))
    .flatMap(({ name, stages }) =>
      stages.flatMap((one, at) => (isCollateralGate(one) ? [{ name, at, gate: one.parameters as unknown as CollateralGate }] : [])),
    );
  if (gates.length === 0 || !rows.areKnown) return null;
  return (range, causeOf) => {
    const { before, to, startMs, endMs, change } = range;
    if (before === null) return undefined;
    const [earlier, later] = [startMs, endMs].map((timeMs) => rows.before("collateral", timeMs)?.value ?? 0);
    let most = logMove(shares.before[before], shares.before[to]);
    let found: (typeof gates)[number] | null = null;
    for (const one of gates) {
      const [then, now] = [factorOf(one.gate, earlier), factorOf(one.gate, later)];
      const size = logMove(then, now);
      if (size > most && now > then === (change === "up")) [most, found] = [size, one];
    }
    if (found === null) return undefined;
    const cause = causeOf(found.gate, range);
    return cause === undefined
      ? undefined
      : { ...cause, words: `pool ${found.name}, stage ${found.at + 1}, gate collateral: ${cause.words}` };
  };
}

function isCollateralGate({ stage, parameters }: StageConfiguration): boolean {
  const { by, below } = parameters as unknown as CollateralGate;
  return isRead(stage) && stage === "gate" && by === "collateral" && below !== "no_bonus";
}

/** As docs/explanation/stages.md has it. */
function factorOf({ atLeast, below, power }: CollateralGate, collateral: number): number {
  if (collateral >= atLeast) return 1;
  return below === "zero" ? 0 : (collateral / atLeast) ** power;
}
