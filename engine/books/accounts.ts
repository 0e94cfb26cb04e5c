import { InvariantError, TenureError } from "../kernel/errors.js";
import { floor, max } from "../kernel/math.js";
import { ExactSum, MAX_RAO as LARGEST } from "../kernel/money.js";

// An imported constant is slow to read in a hot loop.
const MAX_RAO = LARGEST;

/** Assets below the alphas: an asset is a small number, an alpha's comes from `Accounts.alpha`. */
export const ASSET = { TAO: 0, INDEX_TOKEN: 1 } as const;
const FIRST_ALPHA = 2;

/**
 * Accounts that are there from the start. The first three are where things come from and go to: they stand for the world
 * outside and carry the negative side, so that every asset sums to 0 over all accounts.
 */
export const SPECIAL_ACCOUNTS = ["outside_market", "issuance", "emission", "burn", "fund", "fund_treasury", "pool", "treasury"] as const;
export type SpecialAccount = (typeof SPECIAL_ACCOUNTS)[number];

/** Numbers of the special accounts. */
export const ACCOUNT = {
  /** Everyone who trades alpha at the recorded price. */
  OUTSIDE_MARKET: 0,
  /** What exists of the index token is its negative balance. */
  ISSUANCE: 1,
  EMISSION: 2,
  BURN: 3,
  FUND: 4,
  FUND_TREASURY: 5,
  POOL: 6,
  TREASURY: 7,
} as const;
const LAST_SOURCE = 2;

/** Highest netuid there can be. */
export const LARGEST_NETUID = 65_535;

/**
 * Double-entry accounts of TAO, the index token and alphas in whole rao: nothing changes but by `transfer` and `trade`, so nothing
 * appears or disappears.
 * Balances are integers within 2^53; only the three source accounts may be below 0.
 */
export class Accounts {
  /** Balances of each asset by account. */
  readonly #balances: Float64Array[] = [];
  readonly #names: string[] = [...SPECIAL_ACCOUNTS];
  readonly #numbers = new Map<string, number>(SPECIAL_ACCOUNTS.map((name, account) => [name, account]));
  /** Netuid of each asset; -1 for TAO and the index token. */
  readonly #netuids: number[] = [-1, -1];
  readonly #alphas = new Map<number, number>();
  #capacity = 64;

  constructor() {
    this.#balances.push(new Float64Array(this.#capacity), new Float64Array(this.#capacity));
  }

  get count(): number {
    return this.#names.length;
  }

  get assetCount(): number {
    return this.#netuids.length;
  }

  /**
   * A new account, with nothing in it.
   * @throws TenureError TEN-MARKET-101 when the name is taken
   */
  open(name: string): number {
    if (this.#numbers.has(name)) {
      throw new TenureError({
        code: "TEN-MARKET-101",
        what: "Two accounts have the same name.",
        found: name,
        allowed: "a name of its own for each participant, trader and validator",
      });
    }
    const account = this.#names.length;
    this.#names.push(name);
    this.#numbers.set(name, account);
    if (account >= this.#capacity) this.#widen(account + 1);
    return account;
  }

  /** The account of that name, if there is one. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  nameOf(account: number): string {
    return this.#names[account];
  }

  /** The asset that is the alpha of a subnet; made when it is first asked for. */
  alpha(netuid: number): number {
    let asset = this.#alphas.get(netuid);
    if (asset === undefined) {
      if (!(netuid >= 0 && netuid <= LARGEST_NETUID && floor(netuid) === netuid)) throw new InvariantError(`netuid ${netuid}`);
      asset = this.#netuids.length;
      this.#netuids.push(netuid);
      this.#alphas.set(netuid, asset);
      this.#balances.push(new Float64Array(this.#capacity));
    }
    return asset;
  }

  /** Netuid of an alpha; -1 for TAO and the index token. */
  netuidOf(asset: number): number {
    return this.#netuids[asset];
  }

  /** `tao`, `index_token` or `alpha_<netuid>`. */
  assetName(asset: number): string {
    if (asset < FIRST_ALPHA) return asset === ASSET.TAO ? "tao" : "index_token";
    return `alpha_${this.#netuids[asset]}`;
  }

  balanceRao(asset: number, account: number): number {
    return this.#balances[asset][account];
  }

  /**
   * Moves a whole amount from one account to the other.
   *
   * @throws InvariantError for an amount that is not whole rao, or more than the account holds
   * @throws TenureError TEN-MARKET-102 where a balance would pass 2^53 - 1 rao in size
   */
  transfer(asset: number, from: number, to: number, amountRao: number): void {
    if (!(amountRao >= 0 && amountRao <= MAX_RAO && floor(amountRao) === amountRao)) {
      throw new InvariantError(`${this.#names[from]} sends ${amountRao} rao of ${this.assetName(asset)}`);
    }
    const balances = this.#balances[asset];
    const left = balances[from] - amountRao;
    if (left < 0 && (from > LAST_SOURCE || left < -MAX_RAO)) this.#refuseOverdraft(asset, from, amountRao);
    if (from === to) return;
    const right = balances[to] + amountRao;
    if (right > MAX_RAO) this.#refuseSize(asset, to, right);
    balances[from] = left;
    balances[to] = right;
  }

  /** One account gives the other an amount of one asset for an amount of another; as two transfers. */
  trade(account: number, other: number, given: number, givenRao: number, taken: number, takenRao: number): void {
    this.transfer(given, account, other, givenRao);
    this.transfer(taken, other, account, takenRao);
  }

  /**
   * Checks that every asset sums to 0, that only source accounts are below 0, and that the issuance is of the index token alone.
   * @throws InvariantError naming the asset and the sum, or the account and its balance
   */
  audit(): void {
    for (let asset = 0; asset < this.#balances.length; asset++) {
      const balances = this.#balances[asset];
      const sum = new ExactSum();
      for (let account = 0; account < this.#names.length; account++) {
        const balance = balances[account];
        if (!(floor(balance) === balance && balance <= MAX_RAO && balance >= (account > LAST_SOURCE ? 0 : -MAX_RAO))) {
          throw new InvariantError(`audit: ${this.#names[account]} holds ${balance} rao of ${this.assetName(asset)}`);
        }
        sum.add(balance);
      }
      if (sum.toBigInt() !== 0n) throw new InvariantError(`audit: the accounts of ${this.assetName(asset)} sum to ${sum.toString()} rao`);
      if (asset !== ASSET.INDEX_TOKEN && balances[ACCOUNT.ISSUANCE] !== 0) {
        throw new InvariantError(`audit: the index token's issuance holds ${this.assetName(asset)}`);
      }
    }
  }

  #refuseOverdraft(asset: number, from: number, amountRao: number): never {
    if (from <= LAST_SOURCE) this.#refuseSize(asset, from, this.#balances[asset][from] - amountRao);
    throw new InvariantError(
      `${this.#names[from]} holds ${this.#balances[asset][from]} rao of ${this.assetName(asset)} and sends ${amountRao}`,
    );
  }

  #refuseSize(asset: number, account: number, found: number): never {
    throw new TenureError({
      code: "TEN-MARKET-102",
      what: `Account ${this.#names[account]} would hold more ${this.assetName(asset)} than can be counted exactly.`,
      found,
      allowed: `at most ${MAX_RAO} rao in size (9.007 million tokens)`,
      hint: "Make the fund, the pool or the balances of the scenario smaller.",
    });
  }

  #widen(count: number): void {
    this.#capacity = max(count, this.#capacity * 2);
    for (let asset = 0; asset < this.#balances.length; asset++) {
      const wider = new Float64Array(this.#capacity);
      wider.set(this.#balances[asset]);
      this.#balances[asset] = wider;
    }
  }
}
