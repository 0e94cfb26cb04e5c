import type { PotIntake } from "../../events/emission-intake.js";
import { ROLES } from "../../tables/streams.js";
import type { PotSource } from "./emission-pot.js";

const MINER = ROLES.indexOf("miner");

/** What a stream of emission says that all miners of a subnet were paid, whoever they were. */
export class RecordedPot implements PotSource, PotIntake {
  #potRao = 0;
  #instantMs = -1;

  /** @param onInstant told of an instant that pays, at the first of its rows */
  constructor(private readonly onInstant: (timeMs: number) => void) {}

  take(timeMs: number, role: number, amountRao: number): void {
    if (timeMs !== this.#instantMs) {
      this.#instantMs = timeMs;
      this.onInstant(timeMs);
    }
    if (role === MINER) this.#potRao += amountRao;
  }

  /** All that came since it was asked last. */
  between(): number {
    const potRao = this.#potRao;
    this.#potRao = 0;
    return potRao;
  }
}
