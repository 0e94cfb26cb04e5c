import { MARKET_RANGES } from "../../engine/index.js";
import { duration } from "./duration.js";
import { instant } from "./instant.js";
import { real, whole } from "./numbers.js";
import { listOf, section } from "./section.js";

const netuids = listOf(whole(0, 65_535), "netuids").nullable().default(null);

/** A stretch without prices. */
export const gapSchema = section({
  from: instant().describe("The last instant before it."),
  duration: duration({ atLeastMs: 1 }).describe("How long there are no prices."),
  netuids: netuids.describe("Subnets without prices; left out: all, the index token included."),
});
/** A fall or rise of all prices together. */
export const shockSchema = section({
  from: instant().describe("When it begins."),
  duration: duration({ atLeastMs: 1 }).describe("How long prices are led there, evenly on the log scale."),
  factor: real(MARKET_RANGES.shockFactor).describe("What they are led to of what they would have been, for good; 0.4: a fall of 60 %."),
});
