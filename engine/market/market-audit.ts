import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { InvariantError } from "../kernel/errors.js";
import type { IndexFund } from "./index-fund.js";

/**
 * Checks that nothing was made or lost but by the rules: every asset sums to 0 over all accounts; what exists of the index
 * token is the fund's supply, and that is what was founded, minted, taken as management fee and not redeemed.
 *
 * @throws InvariantError naming the sum and both values
 */
export function auditMarket(accounts: Accounts, fund: IndexFund): void {
  accounts.audit();
  const supply = BigInt(fund.supplyRao);
  const issued = -BigInt(accounts.balanceRao(ASSET.INDEX_TOKEN, ACCOUNT.ISSUANCE));
  if (issued !== supply) throw new InvariantError(`audit: ${issued} rao of the index token are issued and the supply is ${supply}`);
  const booked = BigInt(fund.foundedRao) + fund.mintedRao.toBigInt() + fund.managementFeeRao.toBigInt() - fund.redeemedRao.toBigInt();
  if (booked !== supply)
    throw new InvariantError(`audit: founded, minted and redeemed tokens are ${booked} rao and the supply is ${supply}`);
  for (let asset = 0; asset < accounts.assetCount; asset++) {
    if (asset !== ASSET.INDEX_TOKEN && accounts.balanceRao(asset, ACCOUNT.ISSUANCE) !== 0) {
      throw new InvariantError(`audit: the index token's issuance holds ${accounts.assetName(asset)}`);
    }
  }
}
