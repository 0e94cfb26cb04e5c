import { it } from "vitest";
import { expectAgreement } from "./expect-agreement.js";

it("the ledger and the auditor agree to the rao over 30000 events", () => expectAgreement(30_000, 20_250_914));
