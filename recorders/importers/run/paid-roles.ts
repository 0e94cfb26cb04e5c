import { TenureError } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import { contradiction } from "./contradiction.js";
import type { RunPosition } from "./run-positions.js";
import { TableCursor } from "./table-cursor.js";

interface Windows {
  readonly startMs: number[];
  readonly endMs: number[];
  readonly epoch: number[];
  /** The first that has not ended before what was last asked for. */
  at: number;
}

interface Paid {
  readonly roles: number[];
  readonly amountsRao: number[];
  next: number;
}

interface Epoch {
  readonly epoch: number;
  /** By position, what was paid in the order of the rows. */
  readonly paid: ReadonlyMap<number, Paid>;
}

/**
 * For what a row of the table `flows` was paid: flows say how much and when, rewards for what. Both are read in step, and
 * only the epoch under way of each subnet is kept.
 */
export class PaidRoles {
  readonly #rewards: TableCursor;
  readonly #current = new Map<number, Epoch>();
  /** Epochs that were read while looking for another subnet's, by netuid, oldest first. */
  readonly #ahead = new Map<number, Epoch[]>();

  private constructor(
    run: OpenRun,
    private readonly positions: readonly RunPosition[],
    private readonly windows: ReadonlyMap<number, Windows>,
    /** Epochs that end by the clock add up what a position was paid inside them. */
    private readonly byClock: boolean,
    /** Its pay has no rewards: the role is its position's. */
    private readonly indexNetuid: number | null,
  ) {
    this.#rewards = new TableCursor(run, "rewards");
  }

  static async open(run: OpenRun, positions: readonly RunPosition[], byClock: boolean, indexNetuid: number | null): Promise<PaidRoles> {
    const windows = new Map<number, Windows>();
    const rows = new TableCursor(run, "epochs");
    for (; await rows.refill(); rows.advance()) {
      const netuid = rows.number("netuid");
      const of = windows.get(netuid) ?? { startMs: [], endMs: [], epoch: [], at: 0 };
      windows.set(netuid, of);
      of.startMs.push(rows.number("start_ms"));
      of.endMs.push(rows.number("end_ms"));
      of.epoch.push(rows.number("epoch"));
    }
    return new PaidRoles(run, positions, windows, byClock, indexNetuid);
  }

  /**
   * The role of a payment; payments must be asked for in the order of the table.
   * @returns a code of `ROLES`; a promise where rewards must be read first
   * @throws TenureError `TEN-IMPORT-052` emission that no epoch paid, `-053`, `-054` one position paid for several roles inside
   *   an epoch that ends by the clock
   */
  roleOf(position: number, timeMs: number, amountRao: number): number | Promise<number> {
    const { netuid, role } = this.positions[position];
    if (netuid === this.indexNetuid) return role;
    const epoch = this.#epochAt(netuid, timeMs);
    if (epoch === -1) {
      // The last epoch of a run by the clock never ended; what was booked in it has no rewards.
      if (this.byClock) return role;
      throw betweenEpochs(timeMs);
    }
    const current = this.#current.get(netuid);
    if (current?.epoch === epoch) return this.#take(current, position, timeMs, amountRao);
    return this.#read(netuid, epoch, timeMs).then((found) => this.#take(found, position, timeMs, amountRao));
  }

  /** Closes what is read from. */
  close(): Promise<void> {
    return this.#rewards.close();
  }

  #epochAt(netuid: number, timeMs: number): number {
    const windows = this.windows.get(netuid);
    if (windows === undefined) return -1;
    while (windows.at < windows.endMs.length && windows.endMs[windows.at] < timeMs) windows.at += 1;
    const { at } = windows;
    if (at === windows.endMs.length) return -1;
    const inside = this.byClock ? windows.startMs[at] < timeMs : windows.endMs[at] === timeMs;
    return inside ? windows.epoch[at] : -1;
  }

  #take({ paid }: Epoch, position: number, timeMs: number, amountRao: number): number {
    const of = paid.get(position);
    // A swap of keys inside an epoch that ends by the clock takes along what the epoch paid so far.
    if (of === undefined && this.byClock) return this.positions[position].role;
    if (of === undefined) throw contradiction("rewards", "a position was paid and has no reward in that epoch", position, "a row", timeMs);
    const { roles, amountsRao } = of;
    if (roles.every((role) => role === roles[0])) return roles[0];
    if (this.byClock) throw severalRoles(timeMs);
    const row = of.next++;
    if (amountsRao[row] === amountRao) return roles[row];
    throw contradiction("rewards", "a payment and its reward differ", amountRao, `${amountsRao[row] ?? 0} rao`, timeMs);
  }

  /** Reads on until the epoch of the subnet is whole. */
  async #read(netuid: number, epoch: number, timeMs: number): Promise<Epoch> {
    const ahead = this.#ahead.get(netuid) ?? [];
    this.#ahead.set(netuid, ahead);
    while (ahead.length > 0 && ahead[0].epoch < epoch) ahead.shift();
    while (ahead.length === 0) {
      const next = await this.#nextEpoch();
      if (next === undefined) throw contradiction("rewards", "an epoch that paid has no rewards", epoch, "rows of it", timeMs);
      if (next.netuid !== netuid) this.#ahead.set(next.netuid, [...(this.#ahead.get(next.netuid) ?? []), next]);
      else if (next.epoch >= epoch) ahead.push(next);
    }
    const [found] = ahead;
    if (found.epoch !== epoch) throw contradiction("rewards", "an epoch that paid has no rewards", epoch, "rows of it", timeMs);
    ahead.shift();
    this.#current.set(netuid, found);
    return found;
  }

  /** The rows of one epoch of one subnet stand together. */
  async #nextEpoch(): Promise<(Epoch & { readonly netuid: number }) | undefined> {
    const rewards = this.#rewards;
    if (!(await rewards.refill())) return undefined;
    const epoch = rewards.number("epoch");
    const { netuid } = this.positions[rewards.number("position")];
    const paid = new Map<number, Paid>();
    for (; await rewards.refill(); rewards.advance()) {
      const position = rewards.number("position");
      if (rewards.number("epoch") !== epoch || this.positions[position].netuid !== netuid) break;
      const amountRao = rewards.number("paid_rao");
      if (amountRao === 0) continue;
      const of = paid.get(position) ?? { roles: [], amountsRao: [], next: 0 };
      paid.set(position, of);
      of.roles.push(rewards.number("role"));
      of.amountsRao.push(amountRao);
    }
    return { netuid, epoch, paid };
  }
}

function betweenEpochs(timeMs: number): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-052",
    what: "The run booked emission that no epoch paid; as a recorded row it would end an epoch.",
    place: { path: "flows", timeMs },
    found: "emission between two epochs",
    allowed: "a run whose emission was paid at the end of epochs",
    hint: "Run the scenario again with snapshots: auto, and import that run.",
  });
}

function severalRoles(timeMs: number): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-054",
    what: "A position was paid for several roles inside an epoch that ended by the clock; the tables do not say which payment was for what.",
    place: { path: "flows", timeMs },
    found: "epochs: tempo",
    allowed: "epochs: emission, or one role a position and epoch",
    hint: "Run the scenario again with --set epochs=emission",
  });
}
