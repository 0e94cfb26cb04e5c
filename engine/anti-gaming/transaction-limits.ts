import { SlidingCounts } from "../rewards/sliding-counts.js";

const MINUTE_MS = 60_000;

/** Smallest size and highest rate of transactions (docs/explanation/anti-gaming.md). */
export class TransactionLimits {
  /** Transactions of the account in the minute that ends with the one last checked. */
  lastMinute = 0;
  private readonly recent: SlidingCounts;

  constructor(
    accounts: number,
    private readonly minTransactionRao: number,
    private readonly maxTransactionsPerMinute: number,
  ) {
    this.recent = new SlidingCounts(accounts, MINUTE_MS);
  }

  isUnderMinimum(amountRao: number): boolean {
    return amountRao < this.minTransactionRao;
  }

  /** Counts a transaction in; is it one too many for the minute (timeMs - 60 s, timeMs]? */
  isOverRate(account: number, timeMs: number): boolean {
    this.recent.add(account, timeMs);
    this.lastMinute = this.recent.count(account, timeMs);
    return this.lastMinute > this.maxTransactionsPerMinute;
  }
}
