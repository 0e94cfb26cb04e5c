import { columnIndex, instantText, type Place, REGISTRY_ACTIONS, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { RegistrationsAtInstant } from "./registrations-at-instant.js";
import type { SeatClaim, SeatContradiction, SeatFact } from "./seat-claim.js";
import { SeatsAtInstant } from "./seats-at-instant.js";

const WHAT: Readonly<Record<SeatFact, string>> = {
  uid: "a hotkey has two uids",
  hotkey: "two hotkeys have one uid",
  coldkey: "a hotkey has two coldkeys",
};

const BLOCKS_TOO = "Keep the one that holds, or give the blocks that tell them apart.";
const REGISTRY_HINT =
  "Keep the one that holds, or give the blocks, extrinsics and events that tell them apart; a seat that was given up between them needs its row `deregistered`.";

/** Refuses rows of a metagraph or registry that seat hotkeys in two ways at one instant. */
export class SeatCheck {
  readonly #at: (name: string) => number;
  readonly #seats = new SeatsAtInstant();
  readonly #registrations = new RegistrationsAtInstant();

  /**
   * Null for a kind of stream that seats nobody.
   * @param nameOf the address of an id
   */
  static of(kind: StreamKind, nameOf: (id: number) => string): SeatCheck | null {
    return kind === "metagraph" || kind === "registry" ? new SeatCheck(kind, nameOf) : null;
  }

  private constructor(
    readonly kind: "metagraph" | "registry",
    readonly nameOf: (id: number) => string,
  ) {
    const places = new Map(STREAMS[kind].columns.map(({ name }) => [name, columnIndex(STREAMS[kind], name)]));
    this.#at = (name) => places.get(name) ?? -1;
  }

  /**
   * @param values of a row, in the order of the declaration; rows come in order
   * @throws TenureError `TEN-IMPORT-008`
   */
  take(values: readonly number[], row: number, place: (column: string) => Place): void {
    const of = (name: string) => values[this.#at(name)] ?? -1;
    const claim: SeatClaim = {
      row,
      timeMs: values[0],
      block: of("block"),
      extrinsic: of("extrinsic"),
      event: of("event"),
      netuid: of("netuid"),
      uid: of("uid"),
      hotkey: of("hotkey"),
      coldkey: of("coldkey"),
    };
    const contradiction =
      this.kind === "metagraph" ? this.#seats.see(claim) : this.#registrations.see(claim, REGISTRY_ACTIONS[of("action")]);
    if (contradiction !== undefined) throw this.#refusal(claim, contradiction, place);
  }

  #refusal(claim: SeatClaim, { fact, row, block, value }: SeatContradiction, place: (column: string) => Place): TenureError {
    const isBlock = claim.block >= 0 && block >= 0;
    const text = (of: number) => `${fact} ${fact === "uid" ? of : this.nameOf(of)}`;
    const subject = fact === "hotkey" ? `uid ${claim.uid}` : `hotkey ${this.nameOf(claim.hotkey)}`;
    return new TenureError({
      code: "TEN-IMPORT-008",
      what: `Seats contradict each other at one ${isBlock ? "block" : "time"}: ${WHAT[fact]}.`,
      place: place(fact),
      found: `${text(claim[fact])} for ${subject} of netuid ${claim.netuid} at ${isBlock ? `block ${claim.block}` : instantText(claim.timeMs)}`,
      allowed: `one; row ${row} says ${text(value)}`,
      hint: this.kind === "registry" ? REGISTRY_HINT : isBlock ? "Keep the one that holds." : BLOCKS_TOO,
    });
  }
}
