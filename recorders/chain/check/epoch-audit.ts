import { columnIndex, ROLES, STREAMS } from "../../../engine/index.js";
import type { ChainSection } from "../../streams/index.js";
import type { RowSpan } from "./stream-rows-in-order.js";

/** More than this in an epoch is not rounding: what a block or two set aside for the owner, rao. */
export const DEFAULT_EPOCH_BOUND_RAO = 100_000_000;

/** By how much the emission rows of an epoch differ from what the chain says it paid. */
export interface EpochDifference {
  /** Always above 0. */
  readonly rao: number;
  readonly block: number;
  readonly netuid: number;
}

export interface EpochCheck {
  /** Epochs that were compared; 0 in a recording that does not hold what the chain says. */
  readonly epochs: number;
  readonly bound_rao: number;
  /** Epochs in which more than the bound is recorded beyond what the chain says. */
  readonly over_bound: number;
  /** Where most is recorded beyond what the chain says; null: nowhere. */
  readonly worst_excess: EpochDifference | null;
  /** Where most is missing: paid to root stakers as TAO, burned, or measured with another cause; null: nowhere. */
  readonly worst_missing: EpochDifference | null;
}

const column = (name: string) => columnIndex(STREAMS.emission, name);
const E = { block: column("block"), netuid: column("netuid"), role: column("role"), amount: column("amount_rao") };
const OWNER = ROLES.indexOf("owner");

/** Adds up the emission rows of each epoch, and compares the sums with what the chain says each epoch paid. */
export class EpochAudit {
  /** By subnet and block: all of it, and the part of the subnet's owner. */
  readonly #recorded = new Map<string, { rao: bigint; ownerRao: bigint }>();

  take({ kind, chunk, from, to }: RowSpan): void {
    if (kind !== "emission") return;
    for (let row = from; row < to; row++) this.#row((at) => Number(chunk.columns[at][row]));
  }

  #row(value: (at: number) => number): void {
    const key = `${value(E.netuid)}/${value(E.block)}`;
    let sums = this.#recorded.get(key);
    if (sums === undefined) {
      sums = { rao: 0n, ownerRao: 0n };
      this.#recorded.set(key, sums);
    }
    const amountRao = BigInt(value(E.amount));
    sums.rao += amountRao;
    if (value(E.role) === OWNER) sums.ownerRao += amountRao;
  }

  /** Call it after the last row. */
  compare({ chunks }: ChainSection, boundRao: number): EpochCheck {
    let [epochs, overBound] = [0, 0];
    const worst: { excess: EpochDifference | null; missing: EpochDifference | null } = { excess: null, missing: null };
    for (const { epoch_sums } of chunks) {
      for (const { netuid, block, emission_rao, owner_cut_rao, unpaid_rao } of epoch_sums ?? []) {
        epochs++;
        const { rao, ownerRao } = this.#recorded.get(`${netuid}/${block}`) ?? { rao: 0n, ownerRao: 0n };
        // Where the cut is not known the owner's own pay cannot be compared.
        const recordedRao = owner_cut_rao === null ? rao - ownerRao : rao;
        const differenceRao = Number(recordedRao - BigInt(emission_rao) - BigInt(owner_cut_rao ?? 0) + BigInt(unpaid_rao));
        if (differenceRao > boundRao) overBound++;
        const side = differenceRao > 0 ? "excess" : "missing";
        const sizeRao = Math.abs(differenceRao);
        if (sizeRao > (worst[side]?.rao ?? 0)) worst[side] = { rao: sizeRao, block, netuid };
      }
    }
    return { epochs, bound_rao: boundRao, over_bound: overBound, worst_excess: worst.excess, worst_missing: worst.missing };
  }
}
