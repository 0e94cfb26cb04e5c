import type { AuditedOutcome, LedgerCommand } from "../../engine/ledger/auditor/commands.js";
import { Auditor } from "../../engine/ledger/auditor.js";
import type { FuzzSetup, HeldTranche, Holding, LedgerUnderTest, Outcome, Totals } from "./ledger-under-test.js";

/** The auditor in the shape of a ledger under test: the side that is believed. */
export class AuditedLedger implements LedgerUnderTest {
  readonly auditor: Auditor;
  readonly #setup: FuzzSetup;

  constructor(setup: FuzzSetup) {
    this.#setup = setup;
    this.auditor = new Auditor(setup.configuration);
  }

  apply(command: LedgerCommand): Outcome {
    const outcome = this.auditor.apply(command);
    return { touched: touchedBy(outcome), rejected: outcome.rejections, roundedRao: outcome.roundedRao };
  }

  totals(position: number): Totals {
    return { ...this.auditor.totals(position), ...this.auditor.flows(position) };
  }

  holding(position: number, nowMs: number): Holding {
    const { received, remaining, heldShare, heldDays } = this.auditor.holding(position, nowMs, this.#setup.query);
    return { received: Number(received), remaining: Number(remaining), heldShare, heldDays };
  }

  tranches(position: number): HeldTranche[] {
    return this.auditor
      .tranches(position)
      .filter((tranche) => tranche.remaining > 0n)
      .map(({ id, source, entryMs, received, remaining }) => ({
        id,
        source,
        entryMs,
        receivedRao: Number(received),
        remainingRao: Number(remaining),
      }));
  }
}

function touchedBy({ exits, splits }: AuditedOutcome): Outcome["touched"] {
  return [
    ...exits.map(({ tranche, amountRao, emptied }) => ({ tranche, amountRao, emptied })),
    ...splits.map(({ tranche, part, remainingRao }) => ({ tranche, amountRao: remainingRao, emptied: part === tranche })),
  ];
}
