import type { Account } from "../account.js";
import { decodeUnsigned } from "../scale/hex.js";
import type { ReadRow } from "./block-state.js";
import { decodeShares, NO_SHARES, type Shares } from "./share-number.js";
import { storageKey } from "./storage-key.js";

/** Shares of a coldkey under a hotkey; a row of the old map wins over one of the new. */
export function positionShares(read: ReadRow, netuid: number, hotkey: Account, coldkey: Account): Shares {
  return sharesOf(read(storageKey.alpha(netuid, hotkey, coldkey)) ?? read(storageKey.alphaV2(netuid, hotkey, coldkey)));
}

/** The shares of all the coldkeys under a hotkey. */
export function poolShares(read: ReadRow, netuid: number, hotkey: Account): Shares {
  return sharesOf(read(storageKey.totalHotkeyShares(netuid, hotkey)) ?? read(storageKey.totalHotkeySharesV2(netuid, hotkey)));
}

export function poolAlphaRao(read: ReadRow, netuid: number, hotkey: Account): bigint {
  const hex = read(storageKey.totalHotkeyAlpha(netuid, hotkey));
  return hex === undefined ? 0n : decodeUnsigned(hex);
}

/** A position in rao of alpha: the part of the hotkey's alpha that the coldkey's shares stand for, rounded down. */
export function positionValueRao(read: ReadRow, netuid: number, hotkey: Account, coldkey: Account): bigint {
  const shares = positionShares(read, netuid, hotkey, coldkey);
  if (shares.numerator === 0n) return 0n;
  const pool = poolShares(read, netuid, hotkey);
  if (pool.numerator === 0n) return 0n;
  return (poolAlphaRao(read, netuid, hotkey) * shares.numerator * pool.denominator) / (shares.denominator * pool.numerator);
}

function sharesOf(row: string | undefined): Shares {
  return row === undefined ? NO_SHARES : decodeShares(row);
}
