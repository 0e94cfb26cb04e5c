import { expect } from "vitest";
import * as recorders from "../../recorders/index.js";
import * as scenarios from "../../scenarios/index.js";
import { readDigestFile } from "./digest-file.js";
import { shippedDigest } from "./digest-of.js";
import { missingFor, type ShippedScenario } from "./shipped-scenarios.js";

/** A scenario that comes with Tenure gives the digest of the file. */
export async function expectShipped(scenario: ShippedScenario): Promise<void> {
  const missing = missingFor(scenario);
  if (missing !== null) {
    console.warn(`${scenario.name}: not compared, there is no ${missing}`);
    return;
  }
  const { digests } = await readDigestFile();
  expect(await shippedDigest({ scenarios, recorders }, scenario)).toBe(digests[scenario.name]);
}
