import { expect } from "vitest";
import { EngineLedger } from "./engine-ledger.js";
import { formatFailure, fuzz } from "./fuzz.js";

/** Drives ledger and auditor with at least so many random events; fails with the smallest case where they differ. */
export function expectAgreement(wanted: number, seed: number): void {
  const { events, failure } = fuzz((setup) => new EngineLedger(setup), { events: wanted, seed });
  expect(failure === null ? "" : formatFailure(failure)).toBe("");
  expect(events).toBeGreaterThanOrEqual(wanted);
}
