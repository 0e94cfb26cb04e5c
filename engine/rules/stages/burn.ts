import { Fraction } from "../../kernel/decimal.js";
import { SHARE_RANGE } from "../../kernel/ranges.js";
import { number } from "../parameter.js";
import { declareKeepStage } from "./stage.js";

/** A fixed part of the pot never reaches miners (docs/explanation/stages.md). Several leave the product of what each leaves. */
export const burn = declareKeepStage({
  name: "burn",
  meaning: "a fixed share of the pot is burned, wherever the stage stands",
  effect: "keep",
  parameters: { share: number({ range: SHARE_RANGE, meaning: "Share of the pot that is burned." }) },
  bind: ({ share }) => 1 - share,
  exactly: ({ share }) => Fraction.whole(1).minus(Fraction.decimal(share)),
});
