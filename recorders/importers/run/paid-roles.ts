import { TenureError } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import { contradiction } from "./contradiction.js";
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
  /** Positions that were paid before its end, or that took along what others were: of their rows some is booked already. */
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

  constructor(
    run: OpenRun,
    private readonly positions: readonly RunPosition[],
    private readonly epochs: RunEpochs,
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
    if (epoch === undefined) return role;
    const current = this.#current.get(netuid);
    if (current?.epoch === epoch.epoch) return this.#take(current, epoch, position, timeMs, amountRao);
    return this.#read(epoch, timeMs).then((found) => this.#take(found, epoch, position, timeMs, amountRao));
  }

  /** Takes what moved to a position: a swap of keys takes along what was paid. */
  movedIn(position: number): void {
    this.#current.get(this.positions[position].netuid)?.inside.add(position);
  }

  /** Closes what is read from. */
  close(): Promise<void> {
    return this.#rewards.close();
  }

  #take(paidEpoch: PaidEpoch, { endMs }: RunEpoch, position: number, timeMs: number, amountRao: number): number {
    if (timeMs < endMs) paidEpoch.inside.add(position);
    const of = paidEpoch.paid.get(position);
    // A swap of keys inside an epoch takes along what the epoch paid so far.
    if (of === undefined && timeMs < endMs) return this.positions[position].role;
    if (of === undefined) throw contradiction("rewards", "a position was paid and has no reward in that epoch", position, "a row", timeMs);
    const { roles, amountsRao } = of;
    if (roles.every((role) => role === roles[0])) return roles[0];
    if (paidEpoch.inside.has(position)) throw severalRoles(timeMs, this.byClock);
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
