import { it } from "vitest";
import { expectAgreement } from "./expect-agreement.js";

it("the ledger and the auditor agree to the rao over 60000 events", () => expectAgreement(60_000, 20_250_914));
