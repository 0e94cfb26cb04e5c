import { min } from "../kernel/math.js";
import { MAX_RAO } from "../kernel/money.js";
import { FLAG_KINDS, type FlagKind } from "../tables/vocabularies/flags.js";
import type { FlagEvidence } from "./flags.js";

interface Occurrences {
  readonly kind: FlagKind;
  readonly subject: number;
  readonly otherParty: number;
  count: number;
  amountRao: number;
  fromMs: number;
  toMs: number;
}

/** Gathers what is noticed in an epoch: one row a (kind, subject, other party). */
export class EvidenceLog {
  private readonly rows = new Map<number, Occurrences>();

  constructor(private readonly accounts: number) {}

  /** Adds one occurrence, seen from `fromMs` to `toMs`. */
  add(kind: FlagKind, subject: number, otherParty: number, amountRao: number, fromMs: number, toMs: number): void {
    const key = (FLAG_KINDS.indexOf(kind) * this.accounts + subject) * (this.accounts + 1) + otherParty + 1;
    const row = this.rows.get(key);
    if (row === undefined) {
      this.rows.set(key, { kind, subject, otherParty, count: 1, amountRao, fromMs, toMs });
      return;
    }
    row.count += 1;
    row.amountRao = min(MAX_RAO, row.amountRao + amountRao);
    if (fromMs < row.fromMs) row.fromMs = fromMs;
    if (toMs > row.toMs) row.toMs = toMs;
  }

  /** The rows by subject, kind and other party; the log is empty afterwards. */
  take(): FlagEvidence[] {
    const rows = [...this.rows.values()].sort(
      (a, b) => a.subject - b.subject || FLAG_KINDS.indexOf(a.kind) - FLAG_KINDS.indexOf(b.kind) || a.otherParty - b.otherParty,
    );
    this.rows.clear();
    return rows;
  }
}
