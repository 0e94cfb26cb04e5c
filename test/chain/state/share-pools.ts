import type { Account } from "../account.js";
import { SPEC } from "../metadata/specs.js";
import { u64 } from "../scale/hex.js";
import type { BlockState } from "./block-state.js";
import type { Holders } from "./holders.js";
import { poolAlphaRao, poolShares, positionShares, positionValueRao } from "./position-value.js";
import { encodeShares, minus, NO_SHARES, plus, roundDown, type ShareFormat, type Shares } from "./share-number.js";
import { storageKey } from "./storage-key.js";

export function shareFormat(spec: number): ShareFormat {
  if (spec < SPEC.fixedPointShares) return "u64";
  return spec < SPEC.floatShares ? "u64f64" : "float";
}

/**
 * The stake of a block under construction. A hotkey's alpha on a subnet is a pool, a coldkey's position its shares of
 * it; whatever writes shares writes them in the runtime's own format, and thereby moves the row to the newer map.
 */
export class SharePools {
  readonly #state: BlockState;
  readonly #format: ShareFormat;
  readonly #holders: Holders;

  constructor(state: BlockState, spec: number, holders: Holders) {
    this.#state = state;
    this.#format = shareFormat(spec);
    this.#holders = holders;
  }

  valueRao(netuid: number, hotkey: Account, coldkey: Account): bigint {
    return positionValueRao(this.#state.read, netuid, hotkey, coldkey);
  }

  poolRao(netuid: number, hotkey: Account): bigint {
    return poolAlphaRao(this.#state.read, netuid, hotkey);
  }

  /** Whether nobody has shares of the hotkey's alpha. */
  isUnshared(netuid: number, hotkey: Account): boolean {
    return poolShares(this.#state.read, netuid, hotkey).numerator === 0n;
  }

  /** The coldkeys with shares under a hotkey. */
  coldkeys(netuid: number, hotkey: Account): Account[] {
    return this.#holders
      .coldkeys(netuid, hotkey)
      .filter((coldkey) => positionShares(this.#state.read, netuid, hotkey, coldkey).numerator > 0n);
  }

  /** The hotkeys that ever had stake on a subnet. */
  hotkeys(netuid: number): Account[] {
    return this.#holders.hotkeys(netuid);
  }

  subnets(): number[] {
    return this.#holders.subnets();
  }

  add(netuid: number, hotkey: Account, coldkey: Account, alphaRao: bigint): void {
    if (alphaRao < 0n) throw new RangeError("A negative amount of alpha");
    if (alphaRao === 0n) return;
    const { read } = this.#state;
    const pool = poolShares(read, netuid, hotkey);
    const totalRao = this.poolRao(netuid, hotkey);
    const added = pool.numerator === 0n || totalRao === 0n ? whole(alphaRao) : this.#sharesOf(alphaRao, pool, totalRao);
    this.#writeShares(netuid, hotkey, coldkey, plus(positionShares(read, netuid, hotkey, coldkey), added));
    this.#writePoolShares(netuid, hotkey, plus(pool, added));
    this.writePoolRao(netuid, hotkey, totalRao + alphaRao);
  }

  /** Takes alpha out of a position; all of its value takes all of its shares. */
  remove(netuid: number, hotkey: Account, coldkey: Account, alphaRao: bigint): void {
    const valueRao = this.valueRao(netuid, hotkey, coldkey);
    if (alphaRao < 0n || alphaRao > valueRao) throw new RangeError(`Cannot take ${alphaRao} rao from a position of ${valueRao}`);
    if (alphaRao === 0n) return;
    const { read } = this.#state;
    const pool = poolShares(read, netuid, hotkey);
    const shares = positionShares(read, netuid, hotkey, coldkey);
    const totalRao = this.poolRao(netuid, hotkey);
    const removed = alphaRao === valueRao ? shares : this.#sharesOf(alphaRao, pool, totalRao);
    this.#writeShares(netuid, hotkey, coldkey, minus(shares, removed));
    this.#writePoolShares(netuid, hotkey, minus(pool, removed));
    this.writePoolRao(netuid, hotkey, totalRao - alphaRao);
  }

  /** Takes a position's shares and leaves its alpha in the pool: it falls to whoever else has shares. */
  spill(netuid: number, hotkey: Account, coldkey: Account): void {
    const { read } = this.#state;
    const left = minus(poolShares(read, netuid, hotkey), positionShares(read, netuid, hotkey, coldkey));
    this.#writeShares(netuid, hotkey, coldkey, NO_SHARES);
    this.#writePoolShares(netuid, hotkey, left);
  }

  /** Moves every position of a hotkey to one that has none, shares as they are. */
  moveHotkey(netuid: number, from: Account, to: Account): void {
    if (!this.isUnshared(netuid, to)) throw new Error(`The new hotkey has stake on subnet ${netuid} already`);
    const { read } = this.#state;
    const pool = poolShares(read, netuid, from);
    for (const coldkey of this.coldkeys(netuid, from)) {
      const shares = positionShares(read, netuid, from, coldkey);
      this.#writeShares(netuid, from, coldkey, NO_SHARES);
      this.#writeShares(netuid, to, coldkey, shares);
    }
    this.#writePoolShares(netuid, from, NO_SHARES);
    this.#writePoolShares(netuid, to, pool);
    this.writePoolRao(netuid, to, this.poolRao(netuid, to) + this.poolRao(netuid, from));
    this.#state.delete(storageKey.totalHotkeyAlpha(netuid, from));
  }

  /** Moves a coldkey's shares under a hotkey to another coldkey, on top of what that one has. */
  moveColdkey(netuid: number, hotkey: Account, from: Account, to: Account): void {
    const { read } = this.#state;
    const shares = plus(positionShares(read, netuid, hotkey, from), positionShares(read, netuid, hotkey, to));
    this.#writeShares(netuid, hotkey, from, NO_SHARES);
    this.#writeShares(netuid, hotkey, to, shares);
  }

  /** Removes the pool with all its positions. */
  dissolve(netuid: number, hotkey: Account): void {
    for (const coldkey of this.coldkeys(netuid, hotkey)) this.#writeShares(netuid, hotkey, coldkey, NO_SHARES);
    this.#writePoolShares(netuid, hotkey, NO_SHARES);
    this.#state.delete(storageKey.totalHotkeyAlpha(netuid, hotkey));
  }

  writePoolRao(netuid: number, hotkey: Account, totalRao: bigint): void {
    this.#state.write(storageKey.totalHotkeyAlpha(netuid, hotkey), u64(totalRao));
  }

  #sharesOf(alphaRao: bigint, pool: Shares, totalRao: bigint): Shares {
    return roundDown(this.#format, { numerator: pool.numerator * alphaRao, denominator: pool.denominator * totalRao });
  }

  #writeShares(netuid: number, hotkey: Account, coldkey: Account, shares: Shares): void {
    this.#writeRow(storageKey.alpha(netuid, hotkey, coldkey), storageKey.alphaV2(netuid, hotkey, coldkey), shares);
    if (shares.numerator === 0n) return;
    this.#holders.add(netuid, hotkey, coldkey);
    this.#state.addAccount(storageKey.stakingHotkeys(coldkey), hotkey);
  }

  #writePoolShares(netuid: number, hotkey: Account, shares: Shares): void {
    this.#writeRow(storageKey.totalHotkeyShares(netuid, hotkey), storageKey.totalHotkeySharesV2(netuid, hotkey), shares);
  }

  /** A row is in one of the two maps, or in none when it is zero. */
  #writeRow(oldKey: string, newKey: string, shares: Shares): void {
    const hex = encodeShares(this.#format, shares);
    const isZero = /^0+$/.test(hex);
    const isFloat = this.#format === "float";
    if (isFloat || isZero) this.#state.delete(oldKey);
    else this.#state.write(oldKey, hex);
    if (isFloat && !isZero) this.#state.write(newKey, hex);
    else this.#state.delete(newKey);
  }
}

function whole(count: bigint): Shares {
  return { numerator: count, denominator: 1n };
}
