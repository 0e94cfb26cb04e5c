import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";

const { FUND } = ACCOUNT;
const { TAO } = ASSET;

export interface BackedTokens {
  /** Minted, fee included, or handed in. */
  readonly tokensRao: number;
  /** Part of them that goes to the fund's treasury. */
  readonly feeRao: number;
  /** Tokens the basket stands for. */
  readonly backedRao: number;
  readonly supplyRao: number;
}

/** What is handed over for a number of tokens. The fund reuses it: it holds until the next quote of the same side. */
export class Basket {
  tokensRao = 0;
  feeRao = 0;
  /** Tokens the minter receives, or tokens that are burnt for the basket. */
  netTokensRao = 0;
  /** TAO in the basket, beside the alphas. */
  cashRao = 0;
  /** Constituents; the alphas below are in their order, ascending by netuid. */
  count = 0;
  netuids = new Int32Array(32);
  amountsRao = new Float64Array(32);

  /**
   * The part of what the fund holds that the tokens stand for.
   * @param part a * b / c, rounded against whoever comes to the fund
   */
  fill(
    accounts: Accounts,
    netuids: Int32Array,
    assets: Int32Array,
    { tokensRao, feeRao, backedRao, supplyRao }: BackedTokens,
    part: (a: number, b: number, c: number) => number,
  ): Basket {
    this.#reserve(netuids.length);
    this.tokensRao = tokensRao;
    this.feeRao = feeRao;
    this.netTokensRao = tokensRao - feeRao;
    this.cashRao = supplyRao === 0 ? 0 : part(accounts.balanceRao(TAO, FUND), backedRao, supplyRao);
    for (let i = 0; i < netuids.length; i++) {
      this.netuids[i] = netuids[i];
      this.amountsRao[i] = part(accounts.balanceRao(assets[i], FUND), backedRao, supplyRao);
    }
    return this;
  }

  #reserve(count: number): void {
    this.count = count;
    if (count <= this.netuids.length) return;
    this.netuids = new Int32Array(count);
    this.amountsRao = new Float64Array(count);
  }
}
