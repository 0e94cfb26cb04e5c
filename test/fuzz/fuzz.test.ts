import { describe, expect, it } from "vitest";
import type { LedgerCommand } from "../../engine/ledger/auditor/commands.js";
import { AuditedLedger } from "./audited-ledger.js";
import { formatFailure, fuzz } from "./fuzz.js";
import type { FuzzSetup, Holding, LedgerUnderTest, Outcome } from "./ledger-under-test.js";

/** The auditor with one mistake: does the fuzzer see it, and how small does the case get? */
class Mistaken extends AuditedLedger {
  constructor(
    setup: FuzzSetup,
    private readonly mistake: {
      command?: (command: LedgerCommand) => LedgerCommand;
      holding?: (holding: Holding) => Holding;
      refuses?: boolean;
    },
  ) {
    super(setup);
  }

  override apply(command: LedgerCommand): Outcome {
    if (this.mistake.refuses === true && command.op === "move") throw new Error("cannot move");
    return super.apply(this.mistake.command?.(command) ?? command);
  }

  override holding(position: number, nowMs: number): Holding {
    const holding = super.holding(position, nowMs);
    return this.mistake.holding?.(holding) ?? holding;
  }
}

const OPTIONS = { events: 60_000, seed: 1 };

describe("the fuzzer", () => {
  it("agrees with itself", () => {
    const report = fuzz((setup) => new AuditedLedger(setup), { events: 5_000, seed: 1 });
    expect(report.failure).toBeNull();
    expect(report.events).toBeGreaterThanOrEqual(5_000);
  });

  it.each<[string, number, (setup: FuzzSetup) => LedgerUnderTest]>([
    [
      "takes the wrong tranche of equal times",
      3,
      (setup) => new AuditedLedger({ ...setup, configuration: { ...setup.configuration, equalTimes: "later_first" } }),
    ],
    [
      "takes pro_rata for fifo",
      3,
      (setup) =>
        new AuditedLedger({
          ...setup,
          configuration: {
            ...setup.configuration,
            withdrawalOrder: setup.configuration.withdrawalOrder === "pro_rata" ? "fifo" : setup.configuration.withdrawalOrder,
          },
        }),
    ],
    [
      "opens a tranche of one rao less",
      1,
      (setup) =>
        new Mistaken(setup, {
          command: (command) =>
            command.op === "credit" && command.amountRao > 1 ? { ...command, amountRao: command.amountRao - 1 } : command,
        }),
    ],
    [
      "books a slash as a sale",
      3,
      (setup) =>
        new Mistaken(setup, {
          command: (command) => (command.op === "debit" && command.reason === "slash" ? { ...command, reason: "withdraw" } : command),
        }),
    ],
    [
      "is one bit off in the days",
      2,
      (setup) => new Mistaken(setup, { holding: (holding) => ({ ...holding, heldDays: holding.heldDays * (1 + Number.EPSILON) }) }),
    ],
    ["throws", 2, (setup) => new Mistaken(setup, { refuses: true })],
  ])("finds a ledger that %s, in at most %i commands", (_, most, makeLedger) => {
    const { failure } = fuzz(makeLedger, OPTIONS);
    expect(failure).not.toBeNull();
    if (failure === null) return;
    expect(failure.steps.filter((step) => step.op !== "read").length).toBeLessThanOrEqual(most);
    const again = fuzz(makeLedger, { events: 1, seed: failure.seed, path: failure.path });
    expect(again.failure).toMatchObject({ what: failure.what, steps: failure.steps });
    expect(formatFailure(failure)).toContain(`--seed ${failure.seed} --path ${failure.path}`);
  });

  it("draws the same cases from the same seed", () => {
    const trace = (): string => {
      const commands: LedgerCommand[] = [];
      const keep = (command: LedgerCommand): LedgerCommand => {
        commands.push(command);
        return command;
      };
      fuzz((setup) => new Mistaken(setup, { command: keep }), { events: 500, seed: 42 });
      return JSON.stringify(commands);
    };
    expect(trace()).toBe(trace());
  });
});
