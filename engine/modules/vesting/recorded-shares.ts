import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import type { EpochSheet } from "../../epochs/epoch-sheet.js";
import type { EpochSource } from "../../epochs/epoch-source.js";
import type { EpochTrace } from "../../epochs/epoch-trace.js";
import { TenureError } from "../../kernel/errors.js";
import { ExactSum, MAX_RAO } from "../../kernel/money.js";
import { weightScale } from "../../kernel/normalise.js";
import { ROLES } from "../../tables/streams.js";
import { ScoredWeights } from "./scored-weights.js";
import { endBlock, WholePot } from "./whole-pot.js";
import { YumaIncentive } from "./yuma-incentive.js";

const MINER = ROLES.indexOf("miner");
/** The sum of those of all miners of a subnet stays far from where doubles end. */
const LARGEST_WEIGHT = 1e300;

/**
 * Epochs of a recorded subnet: rows are what its streams say was paid. Base weights are the recorded shares of the miners,
 * without the multiplier of `emission.recorded_rule`, or those of a stream of weights or scores (docs/explanation/weights.md), or what
 * Yuma makes of what validators set (docs/explanation/yuma.md).
 */
export class RecordedShares implements EpochSource {
  readonly ruled = true;
  readonly cutsUnmultiplied = true;
  readonly dividesOut = true;
  readonly highestScore = null;
  readonly pays = null;
  readonly shares: boolean;
  /** What was recorded to be paid to miners without a seat, and to how many; it is shared by the others. */
  readonly unseated = { rao: new ExactSum(), positions: new Set<number>() };
  /** What `emission.outside` says that all miners of the subnet earn; null where it says nothing. */
  readonly wholePot: WholePot | null;
  /** Null: base weights do not come of what validators set. */
  readonly yuma: YumaIncentive | null;
  /** Null: nor of scores. */
  readonly scored: ScoredWeights | null;

  /** @param trace terms of one epoch that are asked for; null: none are */
  constructor(
    private readonly world: World,
    trace: EpochTrace | null = null,
  ) {
    const { emission, weights } = world.configuration;
    const { mode, outside } = emission;
    this.yuma = weights === null || weights.from === "scores" ? null : new YumaIncentive(world, weights, trace);
    this.scored = weights?.from === "scores" ? new ScoredWeights(world, weights) : null;
    this.shares = mode === "redistribute";
    this.wholePot = outside === null ? null : new WholePot(outside.minerPotRaoPerBlock);
  }

  gather(subnet: Subnet, sheet: EpochSheet): void {
    const { group } = subnet;
    let recordedRao = 0;
    for (let row = 0; row < group.count; row++) recordedRao += group.amountRao[row];
    if (recordedRao > MAX_RAO) throw potTooLarge(subnet, sheet.endMs, recordedRao);
    sheet.recordedRao = recordedRao;
    sheet.asRecorded = !this.isGiven && !this.world.streamWeights.isGiven && sheet.undone === null;
    sheet.room(group.count);
    sheet.seat(orderMiners(subnet, sheet.row));
    this.weighMiners(subnet, sheet);
    if (this.wholePot !== null) this.weighOutside(this.wholePot, subnet, sheet);
    if (this.shares && sheet.potRao > MAX_RAO) throw potTooLarge(subnet, sheet.endMs, sheet.potRao);
  }

  settle(): void {}

  closed(subnet: Subnet, { endMs }: EpochSheet): void {
    subnet.epochEndBlock = endBlock(subnet, endMs);
  }

  private weighMiners(subnet: Subnet, sheet: EpochSheet): void {
    const { group } = subnet;
    const { miners, row, member, uid, base, undone } = sheet;
    const { positions, streamWeights } = this.world;
    const seated = subnet.seatsAreRecorded ? subnet.seated(positions.hotkey) : null;
    const byHotkey = this.yuma?.of(subnet) ?? this.scored?.of(subnet) ?? null;
    const incentive = byHotkey === null ? null : this.partsOfRows(byHotkey, subnet, sheet);
    let baseSum = 0;
    let minersRao = 0;
    for (let k = 0; k < miners; k++) {
      const at = row[k];
      const position = group.position[at];
      const i = positions.onSubnet[position];
      const recorded = group.amountRao[at];
      minersRao += recorded;
      let weight = recorded;
      const given = streamWeights.isGiven ? streamWeights.of(position) : Number.NaN;
      if (incentive !== null) weight = incentive[k];
      else if (!Number.isNaN(given)) weight = recorded > 0 ? given : 0;
      else if (undone !== null) weight = this.divideOut(recorded, undone[i], position, sheet.endMs);
      if (seated !== null && seated[i] === 0) {
        if (recorded > 0) this.noteUnseated(position, recorded);
        weight = 0;
      }
      base[k] = weight;
      member[k] = i;
      uid[k] = group.uid[at];
      baseSum += weight;
    }
    const scale = weightScale(base, miners);
    if (scale !== 1) {
      baseSum = 0;
      for (let k = 0; k < miners; k++) {
        base[k] *= scale;
        baseSum += base[k];
      }
    }
    sheet.potRao = minersRao;
    sheet.baseSum = baseSum;
  }

  /** Base weights are given by hotkey. */
  private get isGiven(): boolean {
    return this.yuma !== null || this.scored !== null;
  }

  /** Weight of each row: of a hotkey with several its parts are as the recorded pay. Who is recorded to be paid nothing has none. */
  private partsOfRows(weights: ReadonlyMap<number, number>, { group }: Subnet, { miners, row }: EpochSheet): Float64Array {
    const { hotkey } = this.world.positions;
    const keyOf = (k: number): number => hotkey[group.position[row[k]]];
    const recordedRao = new Map<number, number>();
    for (let k = 0; k < miners; k++) recordedRao.set(keyOf(k), (recordedRao.get(keyOf(k)) ?? 0) + group.amountRao[row[k]]);
    return Float64Array.from({ length: miners }, (_, k) => {
      const allRao = recordedRao.get(keyOf(k)) ?? 0;
      return allRao === 0 ? 0 : (weights.get(keyOf(k)) ?? 0) * (group.amountRao[row[k]] / allRao);
    });
  }

  /** Who is outside keeps a multiplier of 1, under the recorded rule as under this one: nothing is divided out there. */
  private weighOutside(wholePot: WholePot, subnet: Subnet, sheet: EpochSheet): void {
    const minersRao = sheet.potRao;
    sheet.potRao = wholePot.of(subnet, sheet.endMs, minersRao);
    sheet.outsideRao = sheet.potRao - minersRao;
    const isGiven = (this.isGiven || this.world.streamWeights.isGiven) && minersRao > 0;
    const weight = isGiven ? sheet.outsideRao * (sheet.baseSum / minersRao) : sheet.outsideRao;
    sheet.base[sheet.miners] = weight;
    sheet.baseSum += weight;
  }

  /** The recorded share without the multiplier of `recorded_rule`. */
  private divideOut(recordedRao: number, multiplier: number, position: number, endMs: number): number {
    const weight = recordedRao / multiplier;
    if (multiplier > 0 && weight <= LARGEST_WEIGHT) return weight;
    const name = this.world.positions.nameOf(position);
    const { epoch } = this.world.subnet(this.world.positions.netuid[position]);
    throw new TenureError({
      code: "TEN-RULE-010",
      what: `The recording pays ${name} in epoch ${epoch + 1}, whose multiplier under emission.recorded_rule is ${multiplier}.`,
      place: { path: "emission.recorded_rule", timeMs: endMs },
      found: recordedRao,
      allowed: multiplier === 0 ? "0 rao" : `a multiplier that can be divided out: at least ${recordedRao / LARGEST_WEIGHT}`,
      hint: "The recording was not made under this rule; leave emission.recorded_rule out, or name the rule it was made under.",
    });
  }

  private noteUnseated(position: number, recordedRao: number): void {
    this.unseated.rao.add(recordedRao);
    this.unseated.positions.add(position);
  }
}

/** Rows of the group that are miners', in uid order, into `order`; answers how many. */
function orderMiners({ group }: Subnet, order: Int32Array): number {
  let miners = 0;
  let sorted = true;
  for (let row = 0; row < group.count; row++) {
    if (group.role[row] !== MINER) continue;
    if (miners > 0 && group.uid[row] < group.uid[order[miners - 1]]) sorted = false;
    order[miners++] = row;
  }
  if (!sorted) {
    const rows = [...order.subarray(0, miners)].sort((a, b) => group.uid[a] - group.uid[b] || a - b);
    order.set(rows);
  }
  return miners;
}

function potTooLarge(subnet: Subnet, timeMs: number, found: number): TenureError {
  return new TenureError({
    code: "TEN-LEDGER-005",
    what: `The emission of one epoch on netuid ${subnet.configuration.netuid} is more than can be shared exactly.`,
    place: { timeMs },
    found,
    allowed: `at most ${MAX_RAO} rao an epoch`,
    hint: "Check the amounts: they are rao, not tokens.",
  });
}
