import { isRao, MAX_RAO, TenureError } from "../../../engine/index.js";
import { bytesOf, unsigned } from "../little-endian.js";
import type { ChainClient } from "../rpc/chain-client.js";
import type { Runtime, ShareFormat } from "../runtime/runtime.js";
import type { PositionId } from "./position-id.js";
import { readStorage } from "./read-storage.js";
import { type Fraction, partOf, shareOf, smallestShareRao } from "./stake-shares.js";
import { subtensorKeys } from "./subtensor-keys.js";

/** The state after a block, and the runtime whose layout it has. */
export interface BlockState {
  readonly block: number;
  readonly hash: string;
  readonly runtime: Runtime;
}

/** Shares are under one of two items: the migration to the second one goes key by key. */
const SUMS = ["TotalHotkeyShares", "TotalHotkeySharesV2"] as const;
const SHARES = ["Alpha", "AlphaV2"] as const;

/** What a position holds. */
export interface HeldStake {
  readonly rao: number;
  /** What the smallest share of its hotkey's alpha is worth: the chain's rounding of an event on it is less. */
  readonly shareRao: number;
}

/**
 * Stake of positions after a block, in their order.
 * @throws TenureError `TEN-CHAIN-012` a stake of 2^53 rao or more, `-013` the runtime knows no alpha; what `readStorage` throws
 */
export async function readBalances(client: ChainClient, state: BlockState, positions: readonly PositionId[]): Promise<HeldStake[]> {
  if (positions.length === 0) return [];
  const { runtime } = state;
  requireAlpha(runtime, state.block);
  const sums = SUMS.filter((item) => runtime.hasStorage("SubtensorModule", item));
  const shares = SHARES.filter((item) => runtime.hasStorage("SubtensorModule", item));
  const hotkeys = new Map<string, number>();
  const keys: string[] = [];
  for (const { netuid, hotkey } of positions) {
    const name = `${netuid}/${hotkey}`;
    if (hotkeys.has(name)) continue;
    hotkeys.set(name, keys.length);
    keys.push(subtensorKeys.ofHotkey("TotalHotkeyAlpha", hotkey, netuid));
    for (const item of sums) keys.push(subtensorKeys.ofHotkey(item, hotkey, netuid));
  }
  const firstShare = keys.length;
  for (const { netuid, hotkey, coldkey } of positions) {
    for (const item of shares) keys.push(subtensorKeys.ofPosition(item, hotkey, coldkey, netuid));
  }
  const values = await readStorage(client, keys, state.hash);
  return positions.map((position, index) => {
    const at = hotkeys.get(`${position.netuid}/${position.hotkey}`) as number;
    const total = values[at] === null ? 0n : unsigned(bytesOf(values[at]));
    const sum = firstOf(runtime, sums, values, at + 1);
    const share = firstOf(runtime, shares, values, firstShare + index * shares.length);
    const shareRao = sum === undefined ? 0n : smallestShareRao(total, sum.format, sum.value);
    return { rao: asRao(partOf(total, share?.value, sum?.value), position, state.block), shareRao: Math.min(MAX_RAO, Number(shareRao)) };
  });
}

/** @throws TenureError `TEN-CHAIN-013` */
export function requireAlpha(runtime: Runtime, block: number): void {
  if (runtime.hasStorage("SubtensorModule", "TotalHotkeyAlpha")) return;
  throw new TenureError({
    code: "TEN-CHAIN-013",
    what: "At this block the chain kept no alpha by subnet: it is from before dynamic TAO.",
    place: { block },
    found: `spec ${runtime.specVersion} without SubtensorModule.TotalHotkeyAlpha`,
    allowed: "a block of dynamic TAO",
    hint: "Start with a later block.",
  });
}

interface WrittenShare {
  readonly format: ShareFormat;
  readonly value: Fraction;
}

/** The first of an item and its successor that is there; the chain reads the older one first, too. */
function firstOf(runtime: Runtime, items: readonly string[], values: readonly (string | null)[], at: number): WrittenShare | undefined {
  for (const [index, item] of items.entries()) {
    const format = runtime.shareFormat(item);
    const value = format === undefined ? undefined : shareOf(format, values[at + index]);
    if (format !== undefined && value !== undefined) return { format, value };
  }
  return undefined;
}

function asRao(amount: bigint, { netuid, hotkey, coldkey }: PositionId, block: number): number {
  const rao = Number(amount);
  if (isRao(rao)) return rao;
  throw new TenureError({
    code: "TEN-CHAIN-012",
    what: `A position holds more than Tenure counts exactly: subnet ${netuid}, hotkey ${hotkey}, coldkey ${coldkey}.`,
    place: { block },
    found: amount,
    allowed: `up to ${MAX_RAO} rao`,
  });
}
