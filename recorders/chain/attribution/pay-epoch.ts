import { positionKey } from "../storage/position-id.js";
import { type AttributionWorld, type MeasuredStake, seatsOf, stakeOf } from "./attribution-world.js";
import type { BlockRows } from "./block-rows.js";
import type { BlockStory } from "./block-story.js";
import type { Epoch } from "./epoch.js";
import { payParts } from "./epoch-facts.js";
import { epochSum } from "./epoch-sum.js";
import type { ResidualLedger } from "./residual-ledger.js";
import type { Suspects } from "./suspects.js";

/**
 * What positions gained in the block of an epoch, beyond its events, is what they were paid; but for suspects. Call it when the
 * seats are those of the block before: the chain pays before the block's extrinsics.
 * @param after stake after the block of all positions of the subnet that can have been paid
 */
export function payEpoch(
  world: AttributionWorld,
  epoch: Epoch,
  story: BlockStory,
  suspects: Suspects,
  after: MeasuredStake,
  ledger: ResidualLedger,
  rows: BlockRows,
): void {
  const { netuid, facts, at, weighedAt } = epoch;
  const seats = seatsOf(world, netuid);
  const autoStakes = story.autoStakes.filter((one) => one.netuid === netuid);
  const paidRao = new Map<string, number>();
  let ownerRao = 0;
  for (const position of world.positions.on([netuid])) {
    const changeRao = stakeOf(after, position) - position.expectedRao;
    if (changeRao <= 0 || suspects.has(positionKey(position))) continue;
    const { hotkey, coldkey } = position;
    const parts = payParts(position, changeRao, seats, facts, story.incentives.get(netuid), autoStakes);
    for (const part of parts) rows.emission.push({ at, position: { netuid, hotkey, coldkey }, ...part });
    position.expectedRao += changeRao;
    paidRao.set(hotkey, (paidRao.get(hotkey) ?? 0) + changeRao);
    for (const { role, amountRao } of parts) if (role === "owner") ownerRao += amountRao;
  }
  ledger.noteEpoch(epochSum(epoch, seats, story, paidRao, ownerRao));
  const restaked = new Set(autoStakes.flatMap(({ hotkey, destination }) => [hotkey, destination]));
  for (const { uid, hotkey, coldkey } of seats.all) {
    const position = { netuid, hotkey, coldkey };
    const incentive = facts.incentive[uid] ?? 0;
    if (world.weights) rows.weights.push({ at: weighedAt, position, uid, weight: incentive });
    const isPlainMiner = incentive > 0 && (facts.dividends[uid] ?? 0) === 0 && hotkey !== facts.owner.hotkey;
    if (!isPlainMiner || restaked.has(hotkey) || suspects.has(positionKey(position))) continue;
    ledger.notePay(at.block, uid, Math.abs((paidRao.get(hotkey) ?? 0) - Number(facts.emissionRao[uid] ?? 0n)));
  }
}
