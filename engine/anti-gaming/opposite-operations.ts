import { abs, min } from "../kernel/math.js";

const FIRST_CAPACITY = 16;

/** Told of every match: `earlier` did something, `later` undid `amountRao` of it; both may be one account. */
export type MatchListener = (earlier: number, later: number, amountRao: number, fromMs: number, toMs: number) => void;

/** Operations of one owner that are not undone yet, oldest first: a ring. All are of one sign, for opposites cancel. */
interface OpenOperations {
  timeMs: Float64Array;
  signedRao: Float64Array;
  account: Int32Array;
  head: number;
  size: number;
}

/**
 * Finds operations that undo an earlier one by the same owner within a window (mint and redeem, buy and sell): amounts are
 * matched oldest first, in parts where sizes differ, so that splitting hides nothing. O(1) amortised.
 */
export class OppositeOperations {
  private readonly open: OpenOperations[];

  /** @param ownerOf owner of each account: 0 up to the number of owners */
  constructor(
    private readonly ownerOf: Int32Array,
    private readonly windowMs: number,
    private readonly matched: MatchListener,
  ) {
    let owners = 0;
    for (const owner of ownerOf) if (owner >= owners) owners = owner + 1;
    this.open = Array.from({ length: owners }, () => ({
      timeMs: new Float64Array(FIRST_CAPACITY),
      signedRao: new Float64Array(FIRST_CAPACITY),
      account: new Int32Array(FIRST_CAPACITY),
      head: 0,
      size: 0,
    }));
  }

  /**
   * @param timeMs not before the owner's last operation
   * @param signedRao above 0 one way, below 0 the other
   */
  add(account: number, timeMs: number, signedRao: number): void {
    const open = this.open[this.ownerOf[account]];
    while (open.size > 0 && open.timeMs[open.head] < timeMs - this.windowMs) dropOldest(open);
    let left = signedRao;
    while (left !== 0 && open.size > 0 && open.signedRao[open.head] > 0 !== left > 0) {
      const { head } = open;
      const before = open.signedRao[head];
      const amountRao = min(abs(left), abs(before));
      this.matched(open.account[head], account, amountRao, open.timeMs[head], timeMs);
      left += left > 0 ? -amountRao : amountRao;
      open.signedRao[head] = before > 0 ? before - amountRao : before + amountRao;
      if (open.signedRao[head] === 0) dropOldest(open);
    }
    if (left !== 0) append(open, account, timeMs, left);
  }
}

function dropOldest(open: OpenOperations): void {
  open.head = (open.head + 1) % open.timeMs.length;
  open.size -= 1;
}

function append(open: OpenOperations, account: number, timeMs: number, signedRao: number): void {
  const capacity = open.timeMs.length;
  if (open.size === capacity) {
    const { timeMs: times, signedRao: amounts, account: accounts, head } = open;
    open.timeMs = new Float64Array(capacity * 2);
    open.signedRao = new Float64Array(capacity * 2);
    open.account = new Int32Array(capacity * 2);
    for (let i = 0; i < capacity; i++) {
      const from = (head + i) % capacity;
      open.timeMs[i] = times[from];
      open.signedRao[i] = amounts[from];
      open.account[i] = accounts[from];
    }
    open.head = 0;
  }
  const at = (open.head + open.size) % open.timeMs.length;
  open.timeMs[at] = timeMs;
  open.signedRao[at] = signedRao;
  open.account[at] = account;
  open.size += 1;
}
