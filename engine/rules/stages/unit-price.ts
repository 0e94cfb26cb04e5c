import { Fraction } from "../../kernel/decimal.js";
import { HOUR_MS } from "../../kernel/time.js";
import type { OwedUnit } from "../../tables/streams.js";
import type { Spending } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";

/** What an alpha is worth in a unit, exactly. */
export class UnitPrice {
  private readonly oldestMs: Fraction;

  constructor(
    private readonly unit: OwedUnit,
    staleAfterHours: number,
  ) {
    this.oldestMs = Fraction.decimal(staleAfterHours).times(Fraction.whole(HOUR_MS));
  }

  /** Units per alpha; or why there is none to go by. */
  of({ endMs, priceTaoPerAlpha, priceMs, usdPerTao, usdPerTaoMs }: StageFacts): Fraction | Exclude<Spending["note"], "paid"> {
    if (this.unit === "alpha") return Fraction.whole(1);
    const isUsd = this.unit === "usd";
    if (!(priceTaoPerAlpha > 0) || (isUsd && !(usdPerTao > 0))) return "no_price";
    if (this.isStale(endMs, priceMs) || (isUsd && this.isStale(endMs, usdPerTaoMs))) return "stale_price";
    const tao = Fraction.decimal(priceTaoPerAlpha);
    return isUsd ? tao.times(Fraction.decimal(usdPerTao)) : tao;
  }

  private isStale(endMs: number, toldMs: number): boolean {
    return toldMs >= 0 && Fraction.whole(endMs - toldMs).compare(this.oldestMs) > 0;
  }
}
