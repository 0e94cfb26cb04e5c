import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { InvariantError } from "../kernel/errors.js";
import type { IndexFund } from "./index-fund.js";

/**
 * Checks that what exists of the index token is the fund's supply, and that that is what was founded, minted, taken as management
 * fee and not redeemed.
 *
 * @throws InvariantError naming the sum and both values
 */
export function auditFund(accounts: Accounts, fund: IndexFund): void {
  const supply = BigInt(fund.supplyRao);
  const issued = -BigInt(accounts.balanceRao(ASSET.INDEX_TOKEN, ACCOUNT.ISSUANCE));
  if (issued !== supply) throw new InvariantError(`audit: ${issued} rao of the index token are issued and the supply is ${supply}`);
  const booked = BigInt(fund.foundedRao) + fund.mintedRao.toBigInt() + fund.managementFeeRao.toBigInt() - fund.redeemedRao.toBigInt();
  if (booked !== supply)
    throw new InvariantError(`audit: founded, minted and redeemed tokens are ${booked} rao and the supply is ${supply}`);
}
