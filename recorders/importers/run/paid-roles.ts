import { TenureError } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import { contradiction } from "./contradiction.js";
import type { KeySwaps } from "./key-swaps.js";
import type { RunEpoch, RunEpochs } from "./run-epochs.js";
import type { RunPosition } from "./run-positions.js";
import { TableCursor } from "./table-cursor.js";

interface Paid {
  readonly roles: number[];
  readonly amountsRao: number[];
  next: number;
}

interface PaidEpoch {
  readonly epoch: number;
  /** By position, what was paid in the order of the rows. */
  readonly paid: ReadonlyMap<number, Paid>;
  /** Positions that were paid before its end, or took the place of one that was: of their rows some is booked already. */
  readonly inside: Set<number>;
}

/**
 * For what a row of the table `flows` was paid: flows say how much and when, rewards for what. Both are read in step, and
 * only the epoch under way of each subnet is kept.
 */
export class PaidRoles {
  readonly #rewards: TableCursor;
  readonly #current = new Map<number, PaidEpoch>();
  /** Epochs that were read while looking for another subnet's, by netuid, oldest first. */
  readonly #ahead = new Map<number, PaidEpoch[]>();
  /** By position: a bit for each role that rewards name it for. */
  readonly #rolesMet = new Map<number, number>();
  /** Payments of epochs that never ended, whose role is that of the position's, though it was paid for others, too. */
  guessed = 0;

  constructor(
    run: OpenRun,
    private readonly positions: readonly RunPosition[],
    private readonly epochs: RunEpochs,
    private readonly swaps: KeySwaps,
    /** For the refusal. */
    private readonly byClock: boolean,
    /** Its pay has no rewards: the role is its position's. */
    private readonly indexNetuid: number | null,
  ) {
    this.#rewards = new TableCursor(run, "rewards");
  }

  /**
   * The role of a payment; payments must be asked for in the order of the table.
   * @returns a code of `ROLES`; a promise where rewards must be read first
   * @throws TenureError `TEN-IMPORT-053`; `-054` one position paid for several roles in an epoch that paid it before its end
   */
  roleOf(position: number, timeMs: number, amountRao: number): number | Promise<number> {
    const { netuid, role } = this.positions[position];
    if (netuid === this.indexNetuid) return role;
    const epoch = this.epochs.paidAt(netuid, timeMs);
    // The last epoch of a run may never have ended; what was booked in it has no rewards.
    if (epoch === undefined) return this.#lastRole(netuid, position, timeMs);
    const current = this.#current.get(netuid);
    if (current?.epoch === epoch.epoch) return this.#take(current, epoch, position, timeMs, amountRao);
    return this.#read(epoch, timeMs).then((found) => this.#take(found, epoch, position, timeMs, amountRao));
  }

  /** Closes what is read from. */
  close(): Promise<void> {
    return this.#rewards.close();
  }

  /** The role that a position, or who took its place, has in the table `positions`. */
  #lastRole(netuid: number, position: number, timeMs: number): number {
    const heir = this.swaps.heirOf(netuid, position, timeMs, Number.POSITIVE_INFINITY);
    const { role } = this.positions[heir];
    const met = (this.#rolesMet.get(position) ?? 0) | (this.#rolesMet.get(heir) ?? 0);
    if ((met | (1 << role)) !== 1 << role) this.guessed += 1;
    return role;
  }

  #take(paidEpoch: PaidEpoch, { netuid, endMs }: RunEpoch, position: number, timeMs: number, amountRao: number): number {
    const isInside = timeMs < endMs;
    // A swap of keys inside an epoch takes along what the epoch paid so far: its reward is that of who has it at the end.
    const rewarded = isInside ? this.swaps.heirOf(netuid, position, timeMs, endMs) : position;
    if (isInside) paidEpoch.inside.add(rewarded);
    const of = paidEpoch.paid.get(rewarded);
    if (of === undefined && isInside) throw untoldHeir(timeMs);
    if (of === undefined) throw contradiction("rewards", "a position was paid and has no reward in that epoch", position, "a row", timeMs);
    const { roles, amountsRao } = of;
    if (roles.every((role) => role === roles[0])) return roles[0];
    if (paidEpoch.inside.has(rewarded)) throw severalRoles(timeMs, this.byClock);
    const row = of.next++;
    if (amountsRao[row] === amountRao) return roles[row];
    throw contradiction("rewards", "a payment and its reward differ", amountRao, `${amountsRao[row] ?? 0} rao`, timeMs);
  }

  /** Reads on until the epoch of the subnet is whole. */
  async #read({ netuid, epoch }: RunEpoch, timeMs: number): Promise<PaidEpoch> {
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
  async #nextEpoch(): Promise<(PaidEpoch & { readonly netuid: number }) | undefined> {
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
      this.#rolesMet.set(position, (this.#rolesMet.get(position) ?? 0) | (1 << rewards.number("role")));
      const of = paid.get(position) ?? { roles: [], amountsRao: [], next: 0 };
      paid.set(position, of);
      of.roles.push(rewards.number("role"));
      of.amountsRao.push(amountRao);
    }
    return { netuid, epoch, paid, inside: new Set() };
  }
}

function severalRoles(timeMs: number, byClock: boolean): TenureError {
  const [found, allowed, hint] = byClock
    ? ["epochs: tempo", "epochs: emission", "Run the scenario again with --set epochs=emission"]
    : [
        "epochs that end at marks",
        "epochs that end where they pay",
        "Leave epoch_marks out of the kinds of the recorded streams, and run the scenario again",
      ];
  return new TenureError({
    code: "TEN-IMPORT-054",
    what: "A position was paid for several roles in an epoch that paid it before its end; the tables do not say which payment was for what.",
    place: { path: "flows", timeMs },
    found,
    allowed: `${allowed}, or one role a position and epoch`,
    hint: `${hint}.`,
  });
}

function untoldHeir(timeMs: number): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-054",
    what: "A position was paid before its epoch ended, and the epoch's rewards do not name it nor who took its place: the tables do not say what the payment was for.",
    place: { path: "flows", timeMs },
    found: "pay without a reward",
    allowed: "rewards of all that was paid",
    hint: "Run the scenario again with --set epochs=emission, and without epoch_marks among the kinds of its recorded streams.",
  });
}
