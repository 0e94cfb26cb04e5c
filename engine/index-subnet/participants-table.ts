import { ASSET } from "../market/accounts.js";
import { PARTICIPANT_KINDS } from "../tables/index-results.js";
import type { World } from "../world.js";
import type { IndexSubnet } from "./index-subnet.js";
import { ordersDone } from "./orders-done.js";

const { TAO, INDEX_TOKEN } = ASSET;

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
    table.push(
      member,
      name,
      group,
      PARTICIPANT_KINDS.indexOf("participant"),
      name,
      owner,
      stakes.positionOf[member],
      taoRao,
      tokensRao,
      balance(TAO, member),
      balance(INDEX_TOKEN, member),
      stakes.ofMember(member),
      epochs.paidSoFar[member],
      metrics.attempts,
      ordersDone(metrics),
      Number(metrics.mintedValueRao.toBigInt()),
      Number(metrics.redeemedValueRao.toBigInt()),
      metrics.profitTao,
      metrics.meanInventoryRatio,
      metrics.opportunities,
      metrics.answered,
      metrics.meanResponseMs / 1_000,
    );
    member += 1;
  }
  for (const { name, group } of validators) {
    const kind = PARTICIPANT_KINDS.indexOf("validator");
    const paidRao = epochs.paidSoFar[member];
    table.push(member, name, group, kind, name, name, stakes.positionOf[member], 0, 0, 0, 0, stakes.ofMember(member), paidRao, ...NOTHING);
    member += 1;
  }
  for (const { name, group, taoRao, tokensRao } of noiseTraders) {
    const kind = PARTICIPANT_KINDS.indexOf("noise_trader");
    const taoEndRao = balance(TAO, member);
    table.push(member, name, group, kind, "", "", -1, taoRao, tokensRao, taoEndRao, balance(INDEX_TOKEN, member), 0, 0, ...NOTHING);
    member += 1;
  }
}

const NOTHING = [0, 0, 0, 0, 0, 0, 0, 0, 0];
