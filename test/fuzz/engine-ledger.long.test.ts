import { it } from "vitest";
import { expectAgreement } from "./expect-agreement.js";

it.each([20_250_915, 20_250_916])("the ledger and the auditor agree to the rao over a million events, seed %i", (seed) =>
  expectAgreement(1_000_000, seed),
);
