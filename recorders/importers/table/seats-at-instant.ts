import type { SeatClaim, SeatContradiction } from "./seat-claim.js";
import { StatesAtInstant } from "./states-at-instant.js";

/**
 * The seats of a metagraph, whose rows say how things are: on a subnet a hotkey has one uid and one coldkey, and a uid one hotkey.
 * Rows of different blocks may differ.
 */
export class SeatsAtInstant {
  readonly #uidOf = new StatesAtInstant();
  readonly #hotkeyOf = new StatesAtInstant();
  readonly #coldkeyOf = new StatesAtInstant();

  /** @returns what an earlier row of the same instant says otherwise; undefined when there is none */
  see({ row, timeMs, block, netuid, uid, hotkey, coldkey }: SeatClaim): SeatContradiction | undefined {
    const facts = [
      ...(uid < 0 ? [] : ([["uid", this.#uidOf, hotkey, uid] as const, ["hotkey", this.#hotkeyOf, uid, hotkey] as const] as const)),
      ["coldkey", this.#coldkeyOf, hotkey, coldkey] as const,
    ];
    for (const [fact, states, subject, value] of facts) {
      const earlier = states.see(`${netuid}/${subject}`, timeMs, { row, block, value });
      if (earlier !== undefined) return { fact, row: earlier.row, block: earlier.block, value: earlier.value };
    }
    return undefined;
  }
}
