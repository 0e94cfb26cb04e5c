import { ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import type { IndexSubnet } from "./index-subnet.js";
import { ordersDone } from "./orders-done.js";

const { TAO, INDEX_TOKEN } = ASSET;

/** Of who gives no orders to the fund. */
const NO_ORDERS = {
  orders: 0,
  ordersDone: 0,
  mintedValueRao: 0,
  redeemedValueRao: 0,
  profitTao: 0,
  inventoryRatio: 0,
  opportunities: 0,
  answered: 0,
  responseS: 0,
};

/** Writes the table `participants`, what is only known at the end. */
export function writeParticipants(index: IndexSubnet, world: World): void {
  const { members, accounts, accountOf, stakes, epochs } = index;
  const table = world.outputs.tables.participants;
  if (table === null) return;
  const { participants, validators, noiseTraders } = members;
  const balance = (asset: number, member: number) => accounts.balanceRao(asset, accountOf[member]);
  let member = 0;
  for (const { name, group, owner, taoRao, tokensRao } of participants) {
    const { metrics } = index.floor.participants[member];
    table.write({
      participant: member,
      name,
      groupName: group,
      kind: "participant",
      hotkey: name,
      coldkey: owner,
      position: stakes.positionOf[member],
      taoStartRao: taoRao,
      tokensStartRao: tokensRao,
      taoEndRao: balance(TAO, member),
      tokensEndRao: balance(INDEX_TOKEN, member),
      stakeEndRao: stakes.ofMember(member),
      paidRao: epochs.source.paidSoFar[member],
      orders: metrics.attempts,
      ordersDone: ordersDone(metrics),
      mintedValueRao: Number(metrics.mintedValueRao.toBigInt()),
      redeemedValueRao: Number(metrics.redeemedValueRao.toBigInt()),
      profitTao: metrics.profitTao,
      inventoryRatio: metrics.meanInventoryRatio,
      opportunities: metrics.opportunities,
      answered: metrics.answered,
      responseS: metrics.meanResponseMs / 1_000,
    });
    member += 1;
  }
  for (const { name, group } of validators) {
    table.write({
      ...NO_ORDERS,
      participant: member,
      name,
      groupName: group,
      kind: "validator",
      hotkey: name,
      coldkey: name,
      position: stakes.positionOf[member],
      taoStartRao: 0,
      tokensStartRao: 0,
      taoEndRao: 0,
      tokensEndRao: 0,
      stakeEndRao: stakes.ofMember(member),
      paidRao: epochs.source.paidSoFar[member],
    });
    member += 1;
  }
  for (const { name, group, taoRao, tokensRao } of noiseTraders) {
    table.write({
      ...NO_ORDERS,
      participant: member,
      name,
      groupName: group,
      kind: "noise_trader",
      hotkey: "",
      coldkey: "",
      position: -1,
      taoStartRao: taoRao,
      tokensStartRao: tokensRao,
      taoEndRao: balance(TAO, member),
      tokensEndRao: balance(INDEX_TOKEN, member),
      stakeEndRao: 0,
      paidRao: 0,
    });
    member += 1;
  }
}
