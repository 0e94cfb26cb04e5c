import type { MinerKey, MinerView, OtherSeat } from "../../agents/miners/index.js";

/** What a miner sees, as it is shown to it: it can be read and asked, and nothing behind it can be reached. */
export class ShownView implements MinerView {
  readonly #sight: MinerView;

  constructor(sight: MinerView) {
    this.#sight = sight;
  }

  get timeMs(): number {
    return this.#sight.timeMs;
  }

  get startMs(): number {
    return this.#sight.startMs;
  }

  get epoch(): number {
    return this.#sight.epoch;
  }

  get isClose(): boolean {
    return this.#sight.isClose;
  }

  get lastCloseMs(): number {
    return this.#sight.lastCloseMs;
  }

  get nextCloseMs(): number {
    return this.#sight.nextCloseMs;
  }

  get priceTaoPerAlpha(): number {
    return this.#sight.priceTaoPerAlpha;
  }

  get poolTaoRao(): number {
    return this.#sight.poolTaoRao;
  }

  get poolAlphaRao(): number {
    return this.#sight.poolAlphaRao;
  }

  get poolFee(): number {
    return this.#sight.poolFee;
  }

  get taoRao(): number {
    return this.#sight.taoRao;
  }

  get registrationCostRao(): number {
    return this.#sight.registrationCostRao;
  }

  get topMultiplier(): number {
    return this.#sight.topMultiplier;
  }

  get keys(): readonly MinerKey[] {
    return this.#sight.keys;
  }

  get stakeRao(): number {
    return this.#sight.stakeRao;
  }

  proceedsRao(alphaRao: number): number {
    return this.#sight.proceedsRao(alphaRao);
  }

  purchaseRao(taoRao: number): number {
    return this.#sight.purchaseRao(taoRao);
  }

  multiplierAfterSale(key: number, alphaRao: number, aheadMs?: number): number {
    return this.#sight.multiplierAfterSale(key, alphaRao, aheadMs);
  }

  others(): readonly OtherSeat[] {
    return this.#sight.others();
  }
}

// Who is shown one could change what all others are shown.
Object.freeze(ShownView.prototype);
