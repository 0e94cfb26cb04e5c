import { expect, it } from "vitest";
import { EngineLedger } from "./engine-ledger.js";
import { formatFailure, fuzz } from "./fuzz.js";

const EVENTS = 1_000_000;
const SEED = 20_250_914;

it(`the ledger and the auditor agree to the rao over ${EVENTS} events`, { timeout: 300_000 }, () => {
  const { events, failure } = fuzz((setup) => new EngineLedger(setup), { events: EVENTS, seed: SEED });
  expect(failure === null ? "" : formatFailure(failure)).toBe("");
  expect(events).toBeGreaterThanOrEqual(EVENTS);
});
