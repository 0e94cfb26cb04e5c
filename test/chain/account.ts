import { createHash } from "node:crypto";
import { encodeAddress } from "@polkadot/util-crypto";

/** A 32-byte account id, `0x` and 64 hex digits. */
export type Account = `0x${string}`;

const SS58_PREFIX = 42;
const accounts = new Map<string, Account>();

/** The account of a name: always the same one. */
export function account(name: string): Account {
  let id = accounts.get(name);
  if (id === undefined) {
    id = `0x${createHash("sha256").update(name).digest("hex")}`;
    accounts.set(name, id);
  }
  return id;
}

/** The address of an account as wallets and recorders show it (prefix 42). */
export function ss58(id: Account): string {
  return encodeAddress(id, SS58_PREFIX);
}
