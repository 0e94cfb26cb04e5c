import { type ColumnBatch, columnsByName, InvariantError, RESIDUAL_ROWS, RESULT_TABLES } from "../../../engine/index.js";
import { formatDay } from "../../format/time.js";
import { NumbersList } from "./numbers-list.js";

const EPOCHS = RESULT_TABLES.epochs;
const REWARDS = RESULT_TABLES.rewards;
const RESIDUALS = RESULT_TABLES.residuals;
const PAYOUTS = RESULT_TABLES.payouts;
const BURNT = PAYOUTS.columns[2].values.indexOf("burn");

/** The day of an epoch, in UTC: one that ends at midnight is of the day before. */
const dayOf = (endMs: number) => formatDay(endMs - 1);

/** Rao by epoch, of a position or of where pay went that no position got. */
type ByEpoch = Map<number, bigint>;

/** Sums up the pay of a run by day, from its tables of epochs. */
export class PaySums {
  /** Day of an epoch by subnet and number. */
  readonly #days = new Map<number, Map<number, string>>();
  /** Three numbers a row of rewards: position, epoch, rao. */
  readonly #rewards = new NumbersList();
  /** By subnet, then by where it went. */
  readonly #rest = new Map<number, Map<string, ByEpoch>>();
  /** Two numbers a payout of an index subnet that is burned: epoch, rao. */
  readonly #burnt = new NumbersList();

  takeEpochs(batch: ColumnBatch): void {
    const { netuid, epoch, endMs, unallocatedRao, outsideRao } = columnsByName(EPOCHS, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const days = this.#days.get(netuid[row]) ?? new Map<number, string>();
      this.#days.set(netuid[row], days.set(epoch[row], dayOf(endMs[row])));
      if (unallocatedRao[row] > 0) this.#addRest(netuid[row], "unallocated", epoch[row], unallocatedRao[row]);
      if (outsideRao[row] > 0) this.#addRest(netuid[row], "outside", epoch[row], outsideRao[row]);
    }
  }

  takeRewards(batch: ColumnBatch): void {
    const { position, epoch, paidRao } = columnsByName(REWARDS, batch.columns);
    for (let row = 0; row < batch.rows; row++) this.#rewards.push(position[row], epoch[row], paidRao[row]);
  }

  takeResiduals(batch: ColumnBatch): void {
    const { netuid, epoch, goesTo, amountRao } = columnsByName(RESIDUALS, batch.columns);
    for (let row = 0; row < batch.rows; row++) this.#addRest(netuid[row], RESIDUAL_ROWS[goesTo[row]], epoch[row], amountRao[row]);
  }

  takePayouts(batch: ColumnBatch): void {
    const { epoch, kind, paidRao } = columnsByName(PAYOUTS, batch.columns);
    for (let row = 0; row < batch.rows; row++) if (kind[row] === BURNT && paidRao[row] > 0) this.#burnt.push(epoch[row], paidRao[row]);
  }

  /** Every day, in UTC, of which an epoch is. */
  days(): readonly string[] {
    const days = new Set<string>();
    for (const ofSubnet of this.#days.values()) for (const day of ofSubnet.values()) days.add(day);
    return [...days].sort();
  }

  /** Rao by day of each position that has a row of rewards, also where all are 0. */
  positions(netuidOf: (position: number) => number, days: readonly string[]): ReadonlyMap<number, readonly bigint[]> {
    const at = new Map(days.map((day, index) => [day, index]));
    const sums = new Map<number, bigint[]>();
    for (let index = 0; index < this.#rewards.length; index += 3) {
      const position = this.#rewards.at(index);
      const rao = BigInt(this.#rewards.at(index + 2));
      let own = sums.get(position);
      if (own === undefined) {
        own = days.map(() => 0n);
        sums.set(position, own);
      }
      if (rao > 0n) own[this.#dayOf(netuidOf(position), this.#rewards.at(index + 1), at)] += rao;
    }
    return sums;
  }

  /** Rao by day of where pay went that no position got. */
  rest(days: readonly string[], indexNetuid: number | null): readonly { netuid: number; goesTo: string; byDay: readonly bigint[] }[] {
    if (indexNetuid !== null) {
      for (let index = 0; index < this.#burnt.length; index += 2) {
        this.#addRest(indexNetuid, "burn", this.#burnt.at(index), this.#burnt.at(index + 1));
      }
    }
    const at = new Map(days.map((day, index) => [day, index]));
    return [...this.#rest].flatMap(([netuid, bySink]) =>
      [...bySink].map(([goesTo, byEpoch]) => {
        const byDay = days.map(() => 0n);
        for (const [epoch, rao] of byEpoch) byDay[this.#dayOf(netuid, epoch, at)] += rao;
        return { netuid, goesTo, byDay };
      }),
    );
  }

  #addRest(netuid: number, goesTo: string, epoch: number, rao: number): void {
    const bySink = this.#rest.get(netuid) ?? new Map<string, ByEpoch>();
    this.#rest.set(netuid, bySink);
    const byEpoch = bySink.get(goesTo) ?? new Map<number, bigint>();
    bySink.set(goesTo, byEpoch.set(epoch, (byEpoch.get(epoch) ?? 0n) + BigInt(rao)));
  }

  #dayOf(netuid: number, epoch: number, at: ReadonlyMap<string, number>): number {
    const index = at.get(this.#days.get(netuid)?.get(epoch) ?? "");
    if (index === undefined) throw new InvariantError(`epoch ${epoch} of subnet ${netuid} is paid and not in the table epochs`);
    return index;
  }
}
