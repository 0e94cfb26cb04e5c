import { eventsOf } from "../../chain/check/metadata-decoder.js";
import { type Account, ss58, storageKey, type TestChain } from "../../chain/index.js";
import { addTo, type Effects, positionOf } from "./replay.js";

interface Keys {
  readonly netuid: number;
  readonly hotkey: Account;
  readonly coldkey: Account;
}

/**
 * Which positions an event puts under suspicion of a silent change: those that share these of its keys. The recorder measures
 * them, and what it finds counts as the event's doing, never as emission. Silent changes of other causes have no event at all.
 */
const SUSPECTS: Readonly<Record<string, readonly (keyof Keys)[]>> = {
  HotkeySwapped: ["hotkey"],
  HotkeySwappedOnSubnet: ["netuid", "hotkey"],
  ColdkeySwapped: ["coldkey"],
  RootClaimed: ["coldkey"],
  NetworkRemoved: ["netuid"],
  TransactionFeePaidWithAlpha: ["netuid", "coldkey"],
  LiquidityAdded: ["netuid", "hotkey", "coldkey"],
  LiquidityRemoved: ["netuid", "hotkey", "coldkey"],
};
/** These say their amount, like StakeRemoved; the truth has what the position lost, which rounding may make a little different. */
const BURNS: readonly string[] = ["AlphaBurned", "AlphaRecycled"];
/** Before it (but on the dev network) stake events name no subnet: they are taken for the root's. */
const STAKE_BY_SUBNET = 220;
const DEV_NETWORK = 218;
/** The chain rounds each change of a pool by less than this, for every position in it. */
const ROUNDING_RAO = 10n;
/** Before it, moves have no amounts. */
const MOVE_HALVES = 257;
const WHOLE_SHARES_DIGITS = 18;

/** What happened on a chain in a block, as its truth tells it, in the terms of a recording. */
export class TrueBlock {
  readonly emission: Effects = new Map();
  /** Changes that an event names, with an amount or without. */
  readonly named: Effects = new Map();
  /** Changes that nothing on the chain tells of. */
  readonly unnamed: Effects = new Map();
  /** Root claims that the chain made by itself, but in the block of an epoch: they are looked for at the next edge. */
  readonly claimed: Effects = new Map();
  readonly burned = new Set<string>();
  /** By subnet and hotkey, whose alpha is a pool that coldkeys share: how far the chain's rounding may have moved each of them. */
  readonly roundingRao: Effects = new Map();
  /** Parts of positions' names, with undefined for any. */
  readonly #suspicions: (string | undefined)[][] = [];

  /** @param shareRao what a share of a pool is worth at the most, where shares are whole ones; else 0 */
  constructor(private readonly shareRao: (keys: Keys) => bigint = () => 0n) {}

  /** May an event have changed the position silently? Then all its change in the block is that event's. */
  isSuspect(position: string): boolean {
    const parts = position.split("/");
    return this.#suspicions.some((suspicion) => suspicion.every((part, index) => part === undefined || part === parts[index]));
  }

  change(effects: Effects, keys: Keys, rao: bigint): void {
    const position = nameOf(keys);
    addTo(effects, position, rao);
    if (effects !== this.emission) addTo(this.roundingRao, poolOf(position), ROUNDING_RAO + this.shareRao(keys));
  }

  suspect(keys: Keys, shared: readonly (keyof Keys)[]): void {
    const parts = nameOf(keys).split("/");
    this.#suspicions.push(
      (["netuid", "hotkey", "coldkey"] as const).map((key, index) => (shared.includes(key) ? parts[index] : undefined)),
    );
  }
}

/** Truth of a chain by block; blocks in which nothing happened are left out. */
export function trueBlocks(chain: TestChain): ReadonlyMap<number, TrueBlock> {
  const blocks = new Map<number, TrueBlock>();
  const at = (block: number): TrueBlock => {
    const found = blocks.get(block) ?? new TrueBlock((keys) => shareRao(chain, keys, block));
    blocks.set(block, found);
    return found;
  };
  for (const one of chain.truth.emission) {
    const truth = at(one.block);
    truth.change(truth.emission, one, one.amountRao);
  }
  for (const { block, netuid, hotkey } of chain.truth.emission) {
    for (const coldkey of claimantsByChain(chain, block)) at(block).suspect({ netuid, hotkey, coldkey }, ["netuid", "coldkey"]);
  }
  for (const one of chain.truth.silent) {
    const truth = at(one.block);
    const isOwnClaim = one.cause === "RootClaimed" && claimantsByChain(chain, one.block).includes(one.coldkey);
    if (isOwnClaim) {
      truth.change(isEpoch(chain, one.netuid, one.block) ? truth.named : truth.claimed, one, one.amountRao);
      continue;
    }
    const shared = SUSPECTS[one.cause];
    const isBurn = BURNS.includes(one.cause);
    if (isBurn) truth.burned.add(nameOf(one));
    const isNamed = shared !== undefined || isBurn;
    truth.change(isNamed ? truth.named : truth.unnamed, one, one.amountRao);
    if (shared !== undefined) truth.suspect(one, shared);
  }
  for (const flow of chain.truth.flows) {
    const truth = at(flow.block);
    const spec = chain.spec(flow.block - 1);
    const { action, amountRao, toNetuid, toHotkey, toColdkey, toAmountRao = 0n } = flow;
    if (toNetuid === undefined || toHotkey === undefined || toColdkey === undefined) {
      const isNamed = flow.netuid === 0 || spec >= STAKE_BY_SUBNET || spec === DEV_NETWORK;
      truth.change(isNamed ? truth.named : truth.unnamed, flow, action === "add" ? amountRao : -amountRao);
      continue;
    }
    const to: Keys = { netuid: toNetuid, hotkey: toHotkey, coldkey: toColdkey };
    truth.change(truth.named, flow, -amountRao);
    truth.change(truth.named, to, toAmountRao);
    if (spec < MOVE_HALVES) for (const side of [flow, to]) truth.suspect(side, ["netuid", "hotkey", "coldkey"]);
  }
  return blocks;
}

/**
 * Coldkeys that the chain made a root claim for by itself, outside of extrinsics: there is one in every block, so what it
 * brought is found at the next edge, but in the block of an epoch, where it cannot be told from pay any more.
 */
function claimantsByChain(chain: TestChain, block: number): readonly Account[] {
  const known = claimants.get(chain) ?? new Map<number, Account[]>();
  claimants.set(chain, known);
  let found = known.get(block);
  if (found === undefined) {
    const claims = eventsOf(chain, block).filter(({ event, phase }) => event.method === "RootClaimed" && !phase.isApplyExtrinsic);
    found = [...new Set(claims.map(({ event }) => event.data[0].toHex() as Account))];
    known.set(block, found);
  }
  return found;
}
/** By chain and block: reading events as polkadot.js does takes its time. */
const claimants = new WeakMap<TestChain, Map<number, Account[]>>();

export function isEpoch(chain: TestChain, netuid: number, block: number): boolean {
  const last = chain.storage(storageKey.subnet("LastMechansimStepBlock", netuid), block);
  return last !== null && block > 0 && Buffer.from(last.slice(2), "hex").readBigUInt64LE() === BigInt(block);
}

/** Before fixed-point shares the chain rounds to whole ones, and one may be worth much: its value before or after the block. */
function shareRao(chain: TestChain, { netuid, hotkey }: Keys, block: number): bigint {
  let rao = 0n;
  for (const at of [block - 1, block]) {
    const [total, shares] = [storageKey.totalHotkeyAlpha(netuid, hotkey), storageKey.totalHotkeyShares(netuid, hotkey)].map((key) =>
      chain.storage(key, at),
    );
    if (total === null || shares?.length !== WHOLE_SHARES_DIGITS) continue;
    const [totalRao, count] = [total, shares].map((hex) => Buffer.from(hex.slice(2), "hex").readBigUInt64LE());
    const worth = totalRao / count + 1n;
    if (worth > rao) rao = worth;
  }
  return rao;
}

/** The pool of a position. */
export function poolOf(position: string): string {
  return position.slice(0, position.lastIndexOf("/"));
}

/** The position as recordings name it. */
export function nameOf({ netuid, hotkey, coldkey }: Keys): string {
  return positionOf({ netuid, hotkey: ss58(hotkey), coldkey: ss58(coldkey) });
}
