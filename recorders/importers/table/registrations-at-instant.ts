import type { RegistryAction } from "../../../engine/index.js";
import type { SeatClaim, SeatContradiction, SeatFact } from "./seat-claim.js";

const PLACES = ["block", "extrinsic", "event"] as const;

/** Is one of two rows known to be later than the other? Only where both name a block, extrinsic or event, and not the same. */
function areToldApart(a: SeatClaim, b: SeatClaim): boolean {
  return PLACES.some((place) => a[place] >= 0 && b[place] >= 0 && a[place] !== b[place]);
}

/** The registrations of one subnet that hold, by uid and by hotkey. */
class Holders {
  readonly #onUid = new Map<number, SeatClaim>();
  readonly #ofHotkey = new Map<number, SeatClaim>();

  /** What holds of the uid and of the hotkey of a row. */
  of({ uid, hotkey }: SeatClaim): { readonly there: SeatClaim | undefined; readonly own: SeatClaim | undefined } {
    return { there: uid < 0 ? undefined : this.#onUid.get(uid), own: this.#ofHotkey.get(hotkey) };
  }

  /** Who sat on the uid, and where the hotkey sat, holds no longer. */
  release(row: SeatClaim): void {
    const { there, own } = this.of(row);
    for (const claim of [there, own]) {
      if (claim === undefined) continue;
      if (this.#onUid.get(claim.uid) === claim) this.#onUid.delete(claim.uid);
      if (this.#ofHotkey.get(claim.hotkey) === claim) this.#ofHotkey.delete(claim.hotkey);
    }
  }

  seat(claim: SeatClaim): void {
    this.release(claim);
    this.#ofHotkey.set(claim.hotkey, claim);
    if (claim.uid >= 0) this.#onUid.set(claim.uid, claim);
  }
}

/**
 * Registrations at one instant, in rows that come in order. Two that differ contradict each other where nothing tells which of them
 * came later, and no row between them gave the seat up or passed it on.
 */
export class RegistrationsAtInstant {
  /** By netuid. */
  readonly #subnets = new Map<number, Holders>();
  #timeMs = -1;

  /** @returns what an earlier registration of the same instant says otherwise; undefined when there is none */
  see(row: SeatClaim, action: RegistryAction): SeatContradiction | undefined {
    if (row.timeMs !== this.#timeMs) this.#subnets.clear();
    this.#timeMs = row.timeMs;
    let holders = this.#subnets.get(row.netuid);
    if (holders === undefined) {
      holders = new Holders();
      this.#subnets.set(row.netuid, holders);
    }
    if (action === "registered") {
      const contradiction = contradicted(row, holders);
      if (contradiction === undefined) holders.seat(row);
      return contradiction;
    }
    if (action === "network_removed") this.#subnets.delete(row.netuid);
    else holders.release(row);
    return undefined;
  }
}

function contradicted(row: SeatClaim, holders: Holders): SeatContradiction | undefined {
  const { there, own } = holders.of(row);
  const facts: readonly (readonly [SeatFact, SeatClaim | undefined, boolean])[] = [
    ["uid", own, row.uid >= 0 && own !== undefined && own.uid >= 0 && own.uid !== row.uid],
    ["hotkey", there, there?.hotkey !== row.hotkey],
    ["coldkey", own, own?.coldkey !== row.coldkey],
  ];
  for (const [fact, earlier, differs] of facts) {
    if (earlier === undefined || !differs || areToldApart(earlier, row)) continue;
    return { fact, row: earlier.row, block: earlier.block, value: earlier[fact] };
  }
  return undefined;
}
