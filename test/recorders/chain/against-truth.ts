import type { TestChain } from "../../chain/index.js";
import { isEpoch, nameOf, poolOf, TrueBlock, trueBlocks } from "./chain-truth.js";
import type { Recorded } from "./recorded.js";
import { addTo, byBlock, type Effects, positionOf, type ReplayedBlock, replay } from "./replay.js";

const NOTHING = new TrueBlock();

/**
 * What a recording says of stake and emission other than the chain's truth. All is compared to the rao, but for:
 * - positions under suspicion of a silent change (see `chain-truth`): what they were paid in such a block is part of that change;
 * - a change without any event: it is found at the next measuring, and in the block of an epoch it cannot be told from pay;
 * - measured changes, and pay in a block with changes of the same hotkey: the chain's rounding of these changes is in them.
 */
export function stakeDifferences(chain: TestChain, recorded: Recorded): string[] {
  const { netuids } = recorded.manifest.source;
  const { from_block, to_block } = recorded.manifest.chain as NonNullable<Recorded["manifest"]["chain"]>;
  const truths = trueBlocks(chain);
  const replayed = new Map<number, Replayed>();
  for (const block of replay(recorded)) replayed.set(block.block, { ...block, held: new Map(block.held) });
  const wrong: string[] = [];
  const unnamed = new Unnamed();
  const unexplained = byBlock(recorded.stake.filter(({ cause }) => cause === "unexplained"));
  for (let block = from_block; block <= to_block; block++) {
    const truth = truths.get(block) ?? NOTHING;
    const rows = replayed.get(block);
    const paid = new Set(netuids.filter((netuid) => isEpoch(chain, netuid, block)));
    for (const position of positionsIn(netuids, truth, rows)) {
      const [emission, flows, residuals, claims] = (["emission", "flows", "residuals", "claims"] as const).map(
        (kind) => rows?.[kind].get(position) ?? 0n,
      );
      // What the chain claimed by itself is found later, like what nothing tells of.
      const isNow = truth.isSuspect(position);
      const got = { emission, flows: isNow ? flows + claims : flows };
      const want = expectedOf(truth, position, paid.has(Number(position.split("/")[0])));
      for (const kind of ["emission", "flows"] as const) {
        if (distance(got[kind], want[kind]) > want.tolerance[kind])
          wrong.push(`block ${block} ${kind} of ${position}: ${got[kind]} for ${want[kind]}`);
      }
      unnamed.take(position, want.unnamed - residuals - (isNow ? 0n : claims));
    }
    unnamed.round(truth);
    for (const row of unexplained.get(block) ?? [])
      if (row.amount_rao < 10 && !unnamed.hasChanged(positionOf(row)))
        wrong.push(`block ${block}: ${positionOf(row)} has ${row.amount_rao} rao unexplained, with nothing that did it`);
    const edges = netuids.filter((netuid) => rows?.balances.some((row) => row.netuid === netuid));
    for (const netuid of edges) wrong.push(...unnamed.settle(netuid).map((words) => `block ${block}: ${words}`));
  }
  return wrong;
}

type Replayed = ReplayedBlock;

interface Expected {
  readonly emission: bigint;
  readonly flows: bigint;
  readonly unnamed: bigint;
  readonly tolerance: { readonly emission: bigint; readonly flows: bigint };
}

function expectedOf(truth: TrueBlock, position: string, isPaid: boolean): Expected {
  const of = (effects: Effects) => effects.get(position) ?? 0n;
  const untold = of(truth.unnamed) + of(truth.claimed);
  const rounding = truth.roundingRao.get(poolOf(position)) ?? 0n;
  if (truth.isSuspect(position)) {
    const flows = of(truth.named) + untold + of(truth.emission);
    return { emission: 0n, flows, unnamed: 0n, tolerance: { emission: 0n, flows: rounding } };
  }
  const flows = truth.burned.has(position) ? rounding : 0n;
  if (!isPaid) return { emission: 0n, flows: of(truth.named), unnamed: untold, tolerance: { emission: 0n, flows } };
  const change = of(truth.emission) + untold;
  const emission = change > 0n ? change : 0n;
  return { emission, flows: of(truth.named), unnamed: change - emission, tolerance: { emission: rounding, flows } };
}

/** What nothing on the chain tells of, less what the recording found of it: between edges no more than rounding. */
class Unnamed {
  readonly #left: Effects = new Map();
  /** By pool, since the last edge. */
  readonly #roundingRao: Effects = new Map();

  /** Pools with a change that nothing tells of, since the last edge. */
  readonly #changed = new Set<string>();

  hasChanged(position: string): boolean {
    return this.#changed.has(poolOf(position));
  }

  take(position: string, rao: bigint): void {
    if (rao !== 0n) addTo(this.#left, position, rao);
  }

  round({ roundingRao, unnamed }: TrueBlock): void {
    for (const position of unnamed.keys()) this.#changed.add(poolOf(position));
    for (const [pool, rao] of roundingRao) addTo(this.#roundingRao, pool, rao);
  }

  settle(netuid: number): string[] {
    const wrong: string[] = [];
    for (const [position, rao] of this.#left) {
      if (!position.startsWith(`${netuid}/`)) continue;
      this.#left.delete(position);
      const rounding = this.#roundingRao.get(poolOf(position)) ?? 0n;
      if (distance(rao, 0n) > rounding) wrong.push(`${position} is ${rao} rao off, where rounding makes ${rounding}`);
    }
    for (const pool of this.#roundingRao.keys()) if (pool.startsWith(`${netuid}/`)) this.#roundingRao.delete(pool);
    for (const pool of this.#changed) if (pool.startsWith(`${netuid}/`)) this.#changed.delete(pool);
    return wrong;
  }
}

/** Which balances of a recording are not the chain's; they stand at epochs, at the ends of chunks and before the first block. */
export function balanceDifferences(chain: TestChain, recorded: Recorded): string[] {
  const { netuids } = recorded.manifest.source;
  const { from_block, to_block, chunk_blocks } = recorded.manifest.chain as NonNullable<Recorded["manifest"]["chain"]>;
  const rows = byBlock(recorded.balances);
  const wrong: string[] = [];
  for (const { block, balances, held } of replay(recorded)) {
    for (const [position, rao] of held)
      if (rao < 0n) wrong.push(`block ${block}: rows take more from ${position} than it has, ${-rao} rao`);
    for (const row of balances) {
      const rao = held.get(positionOf(row)) ?? 0n;
      if (rao !== BigInt(row.balance_rao))
        wrong.push(`block ${block}: rows make ${rao} of ${positionOf(row)}, its balance is ${row.balance_rao}`);
    }
  }
  for (let block = from_block - 1; block <= to_block; block++) {
    const isEnd = block === from_block - 1 || block === to_block || (block + 1) % chunk_blocks === 0;
    for (const netuid of netuids) {
      const own = (rows.get(block) ?? []).filter((row) => row.netuid === netuid);
      const got = own.map((row) => `${positionOf(row)} ${row.balance_rao}`).filter((words) => !words.endsWith(" 0"));
      const isEdge = isEnd || isEpoch(chain, netuid, block);
      const want = isEdge ? chain.positions(netuid, block).map((one) => `${nameOf({ netuid, ...one })} ${one.amountRao}`) : [];
      if (got.sort().join() !== want.sort().join()) wrong.push(`block ${block} subnet ${netuid}: ${got.join()} for ${want.join()}`);
    }
  }
  return wrong;
}

function positionsIn(netuids: readonly number[], truth: TrueBlock, rows: Replayed | undefined): Set<string> {
  const all = [truth.emission, truth.named, truth.unnamed, truth.claimed, rows?.emission, rows?.flows, rows?.residuals, rows?.claims];
  const names = new Set(all.flatMap((effects) => [...(effects?.keys() ?? [])]));
  for (const name of names) if (!netuids.includes(Number(name.split("/")[0]))) names.delete(name);
  return names;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
