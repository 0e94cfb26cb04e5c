import type { Account } from "../account.js";
import { decodeUnsigned, decodeVector, u16, vector } from "../scale/hex.js";
import type { Archive } from "./archive.js";

/** Reads one row: hex without `0x`, nothing where it is absent. */
export type ReadRow = (key: string) => string | undefined;

/** The rows at the end of one block of the past. */
export function rowsAt(archive: Archive, block: number): ReadRow {
  return (key) => archive.at(key, block)?.slice(2);
}

/** The state of the block under construction: reads the newest rows, writes into its block. */
export class BlockState {
  readonly #archive: Archive;
  readonly #block: number;

  constructor(archive: Archive, block: number) {
    this.#archive = archive;
    this.#block = block;
  }

  readonly read: ReadRow = (key) => this.#archive.newest(key)?.slice(2);

  write(key: string, hex: string): void {
    this.#archive.write(this.#block, key, `0x${hex}`);
  }

  /** Writes what the block before left. */
  writeBefore(key: string, hex: string): void {
    this.#archive.write(this.#block - 1, key, `0x${hex}`);
  }

  delete(key: string): void {
    this.#archive.write(this.#block, key, null);
  }

  number(key: string): number {
    return Number(this.amount(key));
  }

  amount(key: string): bigint {
    const hex = this.read(key);
    return hex === undefined ? 0n : decodeUnsigned(hex);
  }

  account(key: string): Account | undefined {
    const hex = this.read(key);
    return hex === undefined ? undefined : `0x${hex}`;
  }

  writeAccount(key: string, id: Account): void {
    this.write(key, id.slice(2));
  }

  accounts(key: string): Account[] {
    const hex = this.read(key);
    return hex === undefined ? [] : decodeVector(hex, 32).map((item): Account => `0x${item}`);
  }

  /** Writes a set of accounts; an empty one leaves no row. */
  writeAccounts(key: string, ids: readonly Account[]): void {
    if (ids.length === 0) this.delete(key);
    else this.write(key, vector(ids.map((id) => id.slice(2))));
  }

  addAccount(key: string, id: Account): void {
    const ids = this.accounts(key);
    if (!ids.includes(id)) this.writeAccounts(key, [...ids, id]);
  }

  removeAccount(key: string, id: Account): void {
    const ids = this.accounts(key);
    if (ids.includes(id))
      this.writeAccounts(
        key,
        ids.filter((each) => each !== id),
      );
  }

  writeNumber(key: string, value: number): void {
    this.write(key, u16(value));
  }
}
