import type { MinerAgent, MinerKey } from "../../agents/miners/index.js";
import { ExactSum } from "../../kernel/money.js";
import type { MinerGroup } from "./configuration.js";
import { ShownKey } from "./shown-key.js";

/** A hotkey that a miner works with. */
export class OwnKey implements MinerKey {
  /** What of it its miner sees. */
  readonly shown: MinerKey = new ShownKey(this);
  uid = -1;
  registeredMs = 0;
  workShare = 1;
  stakeRao = 0;
  paidRao = 0;
  receivedRao = 0;
  remainingRao = 0;
  heldShare = 0;
  heldDays = 0;
  multiplier = 1;

  constructor(
    readonly key: number,
    /** Number of the hotkey in the address book. */
    public hotkey: number,
    public position: number,
  ) {}
}

/** What came of a miner's acts, in sums of a run. */
export class MinerTotals {
  /** What it would have been paid by its base weight alone, and what it was. */
  readonly entitledRao = new ExactSum();
  readonly paidRao = new ExactSum();
  readonly soldRao = new ExactSum();
  readonly boughtRao = new ExactSum();
  readonly proceedsRao = new ExactSum();
  readonly spentRao = new ExactSum();
  /** Fees of registrations and what it paid and got for seats. */
  readonly registrationsRao = new ExactSum();
  readonly seatsRao = new ExactSum();
  /** Seats that it came to after the start, by a registration or a purchase, and that it lost, to another registration or by a sale. */
  seatsTaken = 0;
  seatsLost = 0;
  orders = 0;
  ordersDone = 0;
  /** Sums over pay: pay, and pay times the multiplier, the held share and the held days that it was paid by. */
  payWeight = 0;
  payMultiplier = 0;
  payHeldShare = 0;
  payHeldDays = 0;
  /** What a sale lost against the price before it, TAO, fees included. */
  slippageTao = 0;
}

/** What miners were paid by in the mean, weighted by pay; 1, 0 and 0 where nothing was paid. */
export function paidBy(totals: readonly MinerTotals[]) {
  const sum = (of: (one: MinerTotals) => number) => totals.reduce((all, one) => all + of(one), 0);
  const pay = sum(({ payWeight }) => payWeight);
  const mean = (of: (one: MinerTotals) => number, otherwise: number) => (pay > 0 ? sum(of) / pay : otherwise);
  return {
    multiplierPaid: mean(({ payMultiplier }) => payMultiplier, 1),
    heldSharePaid: mean(({ payHeldShare }) => payHeldShare, 0),
    heldDaysPaid: mean(({ payHeldDays }) => payHeldDays, 0),
  };
}

/** What miners who act alike have in common: who they are, and how they decide. */
export type Standing = Pick<MinerGroup, "name" | "strategy" | "priority" | "isForSale">;

/** One who decides for itself: who decides for it, what it works with, and what came of it. */
export class Miner {
  /** In the order in which they came; those it parted with are not there. */
  readonly keys: OwnKey[] = [];
  /** The same as it sees them. */
  shownKeys: readonly MinerKey[] = [];
  readonly totals = new MinerTotals();
  /** Keys it ever had. */
  keysMade = 0;
  hasBegun = false;
  /** What it begins with, rao, and the price then, TAO an alpha; 0: there was none yet. */
  taoStartRao = 0;
  stakeStartRao = 0;
  startPriceTao = 0;

  constructor(
    readonly number: number,
    readonly name: string,
    readonly group: Standing,
    /** Number of its coldkey in the address book. */
    public coldkey: number,
    /** Account of its TAO. */
    readonly account: number,
    readonly agent: MinerAgent,
  ) {}
}
