/** What a row says of a seat. */
export interface SeatClaim {
  readonly row: number;
  readonly timeMs: number;
  /** Block, extrinsic and event; -1 where one is not known, or the kind of stream has none. */
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
  readonly netuid: number;
  /** -1 where it is not known. */
  readonly uid: number;
  /** Ids of addresses. */
  readonly hotkey: number;
  readonly coldkey: number;
}

/** What two rows of one instant may say in two ways. */
export type SeatFact = "uid" | "hotkey" | "coldkey";

/** An earlier row that says otherwise, and what of the seat it says. */
export interface SeatContradiction {
  /** `uid`: one hotkey on two uids; `hotkey`: two hotkeys on one uid; `coldkey`: one hotkey with two coldkeys. */
  readonly fact: SeatFact;
  readonly row: number;
  readonly block: number;
  /** What it says: a uid or the id of an address. */
  readonly value: number;
}
