import { TenureError } from "../../engine/kernel/errors.js";
import { AuditRefusal, type LedgerCommand } from "../../engine/ledger/auditor/commands.js";
import { AuditedLedger } from "./audited-ledger.js";
import type { Intent } from "./intents.js";
import type { FuzzSetup, LedgerUnderTest, MakeLedger } from "./ledger-under-test.js";
import { type Reading, Resolver } from "./resolve.js";

export type Step = LedgerCommand | Reading;

/** The ledger and the auditor do not agree. */
export class Disagreement extends Error {
  /** Everything up to the step after which they differ. */
  readonly steps: readonly Step[];

  constructor(steps: readonly Step[], what: string, found: unknown, expected: unknown) {
    super(`${what}\n  ledger:  ${show(found)}\n  auditor: ${show(expected)}`);
    this.name = "Disagreement";
    this.steps = steps;
  }
}

/**
 * Drives a new ledger and the auditor through a sequence and compares them.
 *
 * @returns how many events were carried out: commands, or emissions to a position
 * @throws Disagreement
 */
export function compareIntents(setup: FuzzSetup, intents: readonly Intent[], makeLedger: MakeLedger): number {
  const comparison = new Comparison(setup, makeLedger);
  const resolver = new Resolver(setup, comparison.audited.auditor);
  for (const intent of intents) {
    for (const step of resolver.commandsOf(intent)) if (!comparison.step(step)) return comparison.events;
  }
  comparison.finish();
  return comparison.events;
}

/**
 * The same for steps that are already worked out.
 *
 * @throws InvariantError when a step makes no sense after those before it
 */
export function compareSteps(setup: FuzzSetup, steps: readonly Step[], makeLedger: MakeLedger): void {
  const comparison = new Comparison(setup, makeLedger);
  for (const step of steps) if (!comparison.step(step)) return;
  comparison.finish();
}

/**
 * After every command: what was touched and rejected, the totals of the positions it names, and what is always true of
 * those. At every reading, and for all positions at the end: the holding metrics bit for bit, and the tranches.
 */
class Comparison {
  readonly audited: AuditedLedger;
  events = 0;
  readonly #setup: FuzzSetup;
  readonly #ledger: LedgerUnderTest;
  readonly #steps: Step[] = [];

  constructor(setup: FuzzSetup, makeLedger: MakeLedger) {
    this.#setup = setup;
    this.audited = new AuditedLedger(setup);
    this.#ledger = makeLedger(setup);
  }

  /** Answers false when both refused the step: then the run is over. */
  step(step: Step): boolean {
    this.#steps.push(step);
    if (step.op === "read") {
      this.#read(step.positions, step.timeMs);
      return true;
    }
    this.events += step.op === "emission" ? step.positions.length : 1;
    const expected = orRefused(() => this.audited.apply(step));
    this.#same(`outcome of ${step.op}`, () => orRefused(() => this.#ledger.apply(step)), expected);
    if (expected === "refused") return false;
    for (const position of positionsOf(step)) {
      this.#same(`totals of position ${position}`, () => this.#ledger.totals(position), this.audited.totals(position));
      this.audited.auditor.checkPosition(position);
    }
    return true;
  }

  finish(): void {
    const lastMs = this.#steps.at(-1)?.timeMs ?? this.#setup.startMs;
    this.#read(
      Array.from({ length: this.#setup.positions }, (_, position) => position),
      lastMs,
    );
    this.audited.auditor.check();
  }

  #read(positions: readonly number[], timeMs: number): void {
    for (const position of positions) {
      const holding = this.audited.holding(position, timeMs);
      this.#same(`holding metrics of position ${position} at ${timeMs}`, () => this.#ledger.holding(position, timeMs), holding);
      this.#same(`tranches of position ${position}`, () => this.#ledger.tranches(position), this.audited.tranches(position));
    }
  }

  #same(what: string, ask: () => unknown, expected: unknown): void {
    let found: unknown;
    try {
      found = ask();
    } catch (error) {
      found = `threw ${error instanceof Error ? error.message : String(error)}`;
    }
    if (!equal(found, expected)) throw new Disagreement([...this.#steps], what, found, expected);
  }
}

function positionsOf(command: LedgerCommand): readonly number[] {
  if (command.op === "emission") return command.positions;
  return "from" in command ? [command.from, command.to] : [command.position];
}

function orRefused<T>(apply: () => T): T | "refused" {
  try {
    return apply();
  } catch (error) {
    if (error instanceof AuditRefusal || error instanceof TenureError) return "refused";
    throw error;
  }
}

/** Deep equality of plain data; numbers must be the same bits. */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key in left) if (!(key in right) || !equal(left[key], right[key])) return false;
  for (const key in right) if (!(key in left)) return false;
  return true;
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? inner.toString() : inner)) ?? String(value);
}
