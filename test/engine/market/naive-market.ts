import type { SmallMarket } from "./small-market.js";

/** How much of what: rao by `asset/account`. */
export type Balances = Map<string, bigint>;

const BILLION = 1_000_000_000n;
const ceil = (a: bigint, b: bigint) => (a + b - 1n) / b;

/**
 * The rules of docs/explanation/market.md once more, in big integers and by name, apart from what the engine does: what every
 * balance has to be after every operation.
 */
export class NaiveMarket {
  readonly balances: Balances = new Map();
  supply: bigint;
  feeDay: number;

  constructor({ accounts, fund }: SmallMarket, day: number) {
    for (let asset = 0; asset < accounts.assetCount; asset++) {
      for (let account = 0; account < accounts.count; account++) {
        this.add(accounts.assetName(asset), accounts.nameOf(account), BigInt(accounts.balanceRao(asset, account)));
      }
    }
    this.supply = BigInt(fund.supplyRao);
    this.feeDay = day;
  }

  of(asset: string, account: string): bigint {
    return this.balances.get(`${asset}/${account}`) ?? 0n;
  }

  add(asset: string, account: string, amount: bigint): void {
    this.balances.set(`${asset}/${account}`, this.of(asset, account) + amount);
  }

  move(asset: string, from: string, to: string, amount: bigint): void {
    this.add(asset, from, -amount);
    this.add(asset, to, amount);
  }

  /** The assets the fund holds, TAO first. */
  private held(): string[] {
    const assets = [...this.balances.keys()].filter((key) => key.endsWith("/fund") && !key.startsWith("index_token"));
    return assets.map((key) => key.split("/")[0] as string);
  }

  basketFor(tokens: bigint): [string, bigint][] {
    return this.held().map((asset) => [asset, ceil(this.of(asset, "fund") * tokens, this.supply)]);
  }

  mint(account: string, tokens: bigint, feeParts: bigint): void {
    const basket = this.basketFor(tokens);
    const fee = ceil(tokens * feeParts, BILLION);
    for (const [asset, amount] of basket) this.move(asset, account, "fund", amount);
    this.move("index_token", "issuance", account, tokens - fee);
    this.move("index_token", "issuance", "fund_treasury", fee);
    this.supply += tokens;
  }

  redeem(account: string, tokens: bigint, feeParts: bigint): void {
    const fee = ceil(tokens * feeParts, BILLION);
    const burnt = tokens - fee;
    for (const asset of this.held()) this.move(asset, "fund", account, (this.of(asset, "fund") * burnt) / this.supply);
    this.move("index_token", account, "issuance", burnt);
    this.move("index_token", account, "fund_treasury", fee);
    this.supply -= burnt;
  }

  trade(account: string, assetIn: string, assetOut: string, paid: bigint, feeParts: bigint): void {
    const counted = paid - ceil(paid * feeParts, BILLION);
    const received = (this.of(assetOut, "pool") * counted) / (this.of(assetIn, "pool") + counted);
    this.move(assetIn, account, "pool", paid);
    this.move(assetOut, "pool", account, received);
  }

  managementFee(day: number, parts: bigint): void {
    for (; this.feeDay < day; this.feeDay++) {
      const fee = (this.supply * parts) / (365n * BILLION);
      this.move("index_token", "issuance", "fund_treasury", fee);
      this.supply += fee;
    }
  }
}
