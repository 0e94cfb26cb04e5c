import type { StreamDescription } from "../../configuration/stream-description.js";
import { ExactSum } from "../../kernel/money.js";
import { earliest } from "../../kernel/order.js";
import type { AddressBook } from "../../registry/addresses.js";
import { Positions } from "../../registry/positions.js";
import { TableAppender } from "../../tables/appender.js";
import type { ColumnBatch } from "../../tables/column.js";
import {
  EMISSION_STREAM,
  KEY_SWAPS,
  NO_DESTINATION,
  ROLES,
  STAKE_ACTIONS,
  STAKE_DIRECTIONS,
  STAKE_STREAM,
  type StakeAction,
} from "../../tables/streams.js";
import { StreamCursor } from "../stream-cursor.js";
import { ToldTwice } from "../told-twice.js";
import { classifyResidual } from "./attribution.js";
import { type GrownInterval, IntervalGrowth } from "./interval-growth.js";

/** Extrinsic index of the rows that attribution adds to a block: after every real one, before the block's snapshots. */
export const END_OF_BLOCK = 2_147_483_646;

const BATCH_ROWS = 32_768;
const SWAPS_KEYS: ReadonlySet<StakeAction> = new Set(KEY_SWAPS);

export type AttributionStep =
  | { readonly kind: "need"; readonly stream: number }
  | { readonly kind: "emission"; readonly batch: ColumnBatch }
  | { readonly kind: "stake"; readonly batch: ColumnBatch };

export interface AttributionOptions {
  /**
   * Positions that have emission events somewhere in the scenario: what they were paid is known, so their balances are left to
   * be compared with the ledger. So are those of a position that such a one is re-keyed to.
   */
  readonly told?: Positions | undefined;
  /** Rows after it are left. */
  readonly endMs?: number | undefined;
}

export interface AttributionFigures {
  /** Sum of the positive residuals, rao. */
  readonly attributedEmissionRao: string;
  readonly openings: number;
  readonly roundingResiduals: number;
  readonly unexplainedResiduals: number;
  readonly stakeRows: number;
  /** Balances that emission was attributed from. */
  readonly balances: number;
  /** Intervals that were attributed far more emission than the others of their position, the largest amount first. */
  readonly outlyingIntervals: readonly (GrownInterval & { readonly position: string })[];
}

/** Where a row stands. */
interface Place {
  readonly timeMs: number;
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
}

/** Keys of a position until the extrinsics of an instant. */
interface Keys {
  readonly timeMs: number;
  readonly hotkey: number;
  readonly coldkey: number;
}

/** What is known of a position between two balances. */
class Account {
  /** Emission events tell what it was paid: its balances say nothing more. */
  isTold = false;
  /** For what its balances say it is paid, code of `ROLES`. */
  role = 0;
  balanceMs = 0;
  growth: IntervalGrowth | null = null;
  /** Its last recorded balance; -1 before the first. */
  balanceRao = -1;
  /** What the ledger holds by now. */
  heldRao = 0;
  netFlowRao = 0;
  events = 0;
  /** Emission of the interval that was booked early, because a withdrawal took from it. */
  advancedRao = 0;
  /** The keys it had before the swaps of an instant: pay of that instant comes before them, and so is theirs. */
  before: Keys | null = null;
}

/**
 * Turns balances of positions that no emission events tell of into an emission stream and a completed stake stream
 * (docs/explanation/flows.md, attribution), so that a simulation needs to know nothing of it:
 * - the first balance opens the position as manual stake, unless events explain it. A withdrawal before it that takes more
 *   than events explain opens the position by the difference: the chain let it happen, so the stake was there;
 * - over (previous balance, this balance] emission = change - net manual flow, booked at this balance. A withdrawal inside
 *   the interval that takes more than the ledger holds draws on that emission, so that part is booked at the withdrawal;
 * - a negative residual is a `rounding` or `unexplained` outflow at the end of the block.
 * After every balance the ledger equals it. Rows of both streams are in time order; the stake rows of all positions pass
 * through.
 *
 * @param streams the stake streams and the balances streams (none, one or several) of all sources, in scenario order
 * @throws TenureError `TEN-LEDGER-008` for a stake event that two of them tell
 */
export function* attributeEmission(
  streams: readonly StreamDescription[],
  addresses: AddressBook,
  { told = new Positions(addresses), endMs = Number.POSITIVE_INFINITY }: AttributionOptions = {},
): Generator<AttributionStep, AttributionFigures, ColumnBatch | undefined> {
  const attribution = new Attribution(addresses, told, new ToldTwice(streams, "stake", "A stake event"));
  const cursors = streams.map((description, source) => new StreamCursor(source, description));
  for (;;) {
    for (const cursor of cursors) {
      while (cursor.needsChunk) cursor.accept(yield { kind: "need", stream: cursor.source });
    }
    const next = earliest(cursors);
    if (next === undefined || next.timeMs > endMs) break;
    if (next.kind === "balances") attribution.balance(next);
    else attribution.stake(next);
    next.advance();
    if (attribution.due) yield* attribution.flush();
  }
  yield* attribution.flush();
  return attribution.figures();
}

class Attribution {
  private readonly positions: Positions;
  private readonly accounts: Account[] = [];
  private readonly emission = new TableAppender(EMISSION_STREAM, BATCH_ROWS);
  private readonly stakes = new TableAppender(STAKE_STREAM, BATCH_ROWS);
  private readonly attributedRao = new ExactSum();
  private openings = 0;
  private rounding = 0;
  private unexplained = 0;

  private stakeRows = 0;
  private balances = 0;

  constructor(
    addresses: AddressBook,
    told: Positions,
    private readonly twice: ToldTwice,
  ) {
    this.positions = new Positions(addresses);
    for (let position = 0; position < told.count; position++) {
      this.account(told.netuid[position], told.hotkey[position], told.coldkey[position]).isTold = true;
    }
  }

  get due(): boolean {
    return this.emission.due || this.stakes.due;
  }

  *flush(): Generator<AttributionStep, void, ColumnBatch | undefined> {
    if (this.emission.rows > 0) {
      yield { kind: "emission", batch: this.emission.batch() };
      this.emission.release();
    }
    if (this.stakes.rows > 0) {
      yield { kind: "stake", batch: this.stakes.batch() };
      this.stakes.release();
    }
  }

  figures(): AttributionFigures {
    return {
      attributedEmissionRao: this.attributedRao.toString(),
      openings: this.openings,
      roundingResiduals: this.rounding,
      unexplainedResiduals: this.unexplained,
      stakeRows: this.stakeRows,
      balances: this.balances,
      outlyingIntervals: this.accounts
        .flatMap(({ growth }, position) =>
          (growth?.outlying() ?? []).map((interval) => ({ ...interval, position: this.positions.nameOf(position) })),
        )
        .sort((a, b) => b.amountRao - a.amountRao),
    };
  }

  /** Passes a stake row through and keeps count of what it did. */
  stake(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("stake");
    const action = STAKE_ACTIONS[columns.action[row]];
    const netuid = columns.netuid[row];
    const hotkey = columns.hotkey[row];
    const coldkey = columns.coldkey[row];
    const amount = columns.amountRao[row];
    const toNetuid = columns.toNetuid[row];
    const toHotkey = columns.toHotkey[row];
    const toColdkey = columns.toColdkey[row];
    const toAmount = columns.toAmountRao[row];
    const at: Place = { timeMs, block: columns.block[row], extrinsic: cursor.extrinsic, event: cursor.event };
    if (this.twice.looks) this.twice.stakeEvent(cursor, row);
    const direction = STAKE_DIRECTIONS[action];
    if (SWAPS_KEYS.has(action)) this.rekey(action, netuid, { timeMs, hotkey, coldkey }, toHotkey, toColdkey);
    else if (direction === "in") this.flow(netuid, hotkey, coldkey, amount, at);
    else if (direction === "out") this.flow(netuid, hotkey, coldkey, -amount, at);
    else {
      const [n, h, c] = [toNetuid < 0 ? netuid : toNetuid, toHotkey < 0 ? hotkey : toHotkey, toColdkey < 0 ? coldkey : toColdkey];
      const arrived = toAmount === 0 ? amount : toAmount;
      if (n !== netuid || h !== hotkey || c !== coldkey) {
        this.flow(netuid, hotkey, coldkey, -amount, at);
        this.flow(n, h, c, arrived, at);
      } else if (arrived !== amount) this.flow(netuid, hotkey, coldkey, arrived - amount, at);
    }
    this.stakeRows += 1;
    this.stakes.copy(cursor.columns, row);
  }

  balance(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("balances");
    const block = columns.block[row];
    const netuid = columns.netuid[row];
    const hotkey = columns.hotkey[row];
    const coldkey = columns.coldkey[row];
    const balanceRao = columns.balanceRao[row];
    const account = this.account(netuid, hotkey, coldkey);
    if (account.isTold) return;
    this.balances += 1;
    account.role = ROLES.indexOf(cursor.description.role);
    const end: Place = { timeMs, block, extrinsic: END_OF_BLOCK, event: 0 };
    const adjust = (action: StakeAction, amountRao: number): void => this.adjust(action, netuid, hotkey, coldkey, amountRao, end);
    if (account.balanceRao === -1) {
      const openingRao = balanceRao - account.heldRao;
      if (openingRao > 0) {
        this.openings += 1;
        adjust("opened", openingRao);
      } else if (openingRao < 0) {
        this.unexplained += 1;
        adjust("unexplained", -openingRao);
      }
    } else {
      const residual = classifyResidual(balanceRao - account.balanceRao, account.netFlowRao, account.events);
      if (residual.kind === "emission") {
        this.attributedRao.add(residual.amountRao);
        account.growth ??= new IntervalGrowth();
        account.growth.take({ fromMs: account.balanceMs, toMs: timeMs, amountRao: residual.amountRao });
      }
      const signed = residual.kind === "emission" ? residual.amountRao : -residual.amountRao;
      const leftRao = signed - account.advancedRao;
      if (leftRao > 0) this.emit(account, timeMs, block, netuid, { timeMs, hotkey, coldkey }, leftRao);
      else if (leftRao < 0) {
        const kind = classifyResidual(leftRao, 0, account.events).kind === "rounding" ? "rounding" : "unexplained";
        if (kind === "rounding") this.rounding += 1;
        else this.unexplained += 1;
        adjust(kind, -leftRao);
      }
    }
    account.balanceRao = balanceRao;
    account.balanceMs = timeMs;
    account.heldRao = balanceRao;
    account.netFlowRao = 0;
    account.events = 0;
    account.advancedRao = 0;
  }

  /** Counts a flow. Where it takes more than there is, that must have come before it: as emission, or before all balances. */
  private flow(netuid: number, hotkey: number, coldkey: number, amountRao: number, at: Place): void {
    const account = this.account(netuid, hotkey, coldkey);
    if (account.isTold) return;
    account.netFlowRao += amountRao;
    account.events += 1;
    account.heldRao += amountRao;
    if (account.heldRao >= 0) return;
    const shortRao = -account.heldRao;
    account.heldRao = 0;
    if (account.balanceRao === -1) {
      account.netFlowRao += shortRao;
      this.openings += 1;
      this.adjust("opened", netuid, hotkey, coldkey, shortRao, at);
      return;
    }
    account.advancedRao += shortRao;
    this.emit(account, at.timeMs, at.block, netuid, { timeMs: at.timeMs, hotkey, coldkey }, shortRao);
  }

  /** A stake row of our own. */
  private adjust(action: StakeAction, netuid: number, hotkey: number, coldkey: number, amountRao: number, at: Place): void {
    const { timeMs, block, extrinsic, event } = at;
    this.stakes.write({
      timeMs,
      block,
      extrinsic,
      event,
      action,
      netuid,
      hotkey,
      coldkey,
      amountRao,
      ...NO_DESTINATION,
      cause: action === "rounding" ? "rounding" : "unexplained",
    });
  }

  private rekey(action: StakeAction, netuid: number, { timeMs, hotkey, coldkey }: Keys, toHotkey: number, toColdkey: number): void {
    const { positions } = this;
    const count = positions.count;
    for (let position = 0; position < count; position++) {
      const matches = action === "hotkey_swapped" ? positions.hotkey[position] === hotkey : positions.coldkey[position] === coldkey;
      if (!matches || (netuid >= 0 && positions.netuid[position] !== netuid)) continue;
      const from = this.accounts[position];
      const to =
        action === "hotkey_swapped"
          ? this.account(positions.netuid[position], toHotkey, positions.coldkey[position])
          : this.account(positions.netuid[position], positions.hotkey[position], toColdkey);
      if (from === to) continue;
      if (from.isTold || to.isTold) to.isTold = true;
      else {
        // Where the new keys stood for a position already, what the interval pays is that one's, too.
        if (to.balanceRao === -1 && to.events === 0) {
          const own = { timeMs, hotkey: positions.hotkey[position], coldkey: positions.coldkey[position] };
          to.before = from.before?.timeMs === timeMs ? from.before : own;
        }
        // What is known of the old keys goes on under the new ones.
        if (from.balanceRao !== -1) [to.balanceMs, to.role] = [from.balanceMs, from.role];
        to.balanceRao = from.balanceRao === -1 ? to.balanceRao : from.balanceRao + (to.balanceRao === -1 ? 0 : to.balanceRao);
        to.heldRao += from.heldRao;
        to.netFlowRao += from.netFlowRao;
        to.events += from.events;
        to.advancedRao += from.advancedRao;
        to.growth ??= from.growth;
      }
      const { isTold, role, balanceMs } = from;
      this.accounts[position] = Object.assign(new Account(), { isTold, role, balanceMs, balanceRao: from.balanceRao === -1 ? -1 : 0 });
    }
  }

  /** Pay comes before the swaps of its instant, and so under the keys from before them. */
  private emit({ before, role }: Account, timeMs: number, block: number, netuid: number, own: Keys, amountRao: number): void {
    const { hotkey, coldkey } = before?.timeMs === timeMs ? before : own;
    this.emission.write({ timeMs, block, netuid, hotkey, coldkey, uid: -1, role: ROLES[role], amountRao });
  }

  private account(netuid: number, hotkey: number, coldkey: number): Account {
    const position = this.positions.of(netuid, hotkey, coldkey);
    let account = this.accounts[position];
    if (account === undefined) {
      account = new Account();
      this.accounts[position] = account;
    }
    return account;
  }
}
