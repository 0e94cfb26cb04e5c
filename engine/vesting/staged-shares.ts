import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { StageList, type StageObserver } from "../epochs/stage-list.js";
import type { HeldExactly } from "../rules/multipliers/index.js";
import { locatedFault, RuleFault } from "../rules/rule-fault.js";
import type { StageFacts } from "../rules/stages/index.js";
import type { Measurements } from "./measurements.js";
import type { Multipliers } from "./multipliers.js";

/** Comes after every uid. */
const LAST_UID = 2_147_483_647;

/** Who shares a pot, in order of uid; arrays by place. */
export interface Sharers {
  readonly miners: number;
  /** Number of each on the subnet. */
  readonly member: Int32Array;
  readonly uid: Int32Array;
  /** Base weights; behind the miners' that of `outside`. */
  readonly base: Float64Array;
}

/** Runs the list of stages of a scenario at the end of epochs: a list a subnet, since stages may remember. */
export class StagedShares {
  private readonly lists = new Map<Subnet, StageList>();
  private readonly facts: EpochFacts;

  constructor(
    private readonly configuration: StageListConfiguration,
    private readonly world: World,
    multipliers: Multipliers,
  ) {
    this.facts = new EpochFacts(multipliers);
  }

  /**
   * The list after it ran at `nowMs`; valid until it runs again.
   * @throws TenureError of a plug-in that fails, with the subnet, the epoch and the miner where one is to blame
   */
  run(subnet: Subnet, measured: Measurements, sharers: Sharers, isOutside: boolean, nowMs: number): StageList {
    let list = this.lists.get(subnet);
    if (list === undefined) {
      list = new StageList(this.configuration);
      this.lists.set(subnet, list);
    }
    const { miners } = sharers;
    this.facts.gather(subnet, this.world, measured, sharers, isOutside);
    try {
      list.run(this.facts, sharers.base, isOutside ? miners : -1, this.recorder(subnet, sharers));
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      const isMiner = error.miner >= 0 && error.miner < miners;
      const hotkey = isMiner ? this.world.positions.hotkeyOf(subnet.positions[sharers.member[error.miner]]) : null;
      throw locatedFault(error, { hotkey, netuid: subnet.configuration.netuid, epoch: subnet.epoch, timeMs: nowMs });
    }
    return list;
  }

  private recorder(subnet: Subnet, { miners, member }: Sharers): StageObserver | null {
    const { outputs } = this.world;
    const table = outputs.tables.stage_weights;
    if (table === null) return null;
    const { netuid } = subnet.configuration;
    const isRecorded = this.configuration.recordsEveryEpoch && subnet.epoch % this.world.configuration.record.everyEpochs === 0;
    if (!isRecorded) outputs.beginProvisional(table, netuid);
    return (index, before, factor, after) => {
      const to = table.room(miners);
      for (let k = 0, row = table.rows; k < miners; k++, row++) {
        to.netuid[row] = netuid;
        to.epoch[row] = subnet.epoch;
        to.stage[row] = index + 1;
        to.position[row] = subnet.positions[member[k]];
        to.shareBefore[row] = before[k];
        to.factor[row] = factor === null ? 1 : factor[k];
        to.shareAfter[row] = after[k];
      }
      table.filled(miners);
    };
  }
}

/** Facts of the miners of one epoch; used again for the next. */
class EpochFacts implements StageFacts {
  count = 0;
  uid = new Int32Array(256);
  registeredMs = new Float64Array(256);
  stakeRao = new Float64Array(256);
  heldShare = new Float64Array(256);
  heldDays = new Float64Array(256);
  priceTaoPerAlpha = 0;
  private member: Int32Array = new Int32Array(0);

  constructor(private readonly multipliers: Multipliers) {}

  gather(subnet: Subnet, world: World, measured: Measurements, { miners, member, uid }: Sharers, isOutside: boolean): void {
    const count = isOutside ? miners + 1 : miners;
    this.reserve(count);
    this.count = count;
    this.member = member;
    this.priceTaoPerAlpha = subnet.priceTaoPerAlpha;
    const { registry, positions } = subnet;
    const { hotkey } = world.positions;
    for (let k = 0; k < miners; k++) {
      const i = member[k];
      this.uid[k] = uid[k];
      this.registeredMs[k] = registry.seatOf(hotkey[positions[i]])?.registeredMs ?? 0;
      this.stakeRao[k] = measured.stakeRao[i];
      this.heldShare[k] = this.multipliers.heldExactly(i) === null ? Number.NaN : measured.heldShare[i];
      this.heldDays[k] = measured.heldDays[i];
    }
    if (!isOutside) return;
    this.uid[miners] = LAST_UID;
    this.registeredMs[miners] = 0;
    this.stakeRao[miners] = 0;
    this.heldShare[miners] = Number.NaN;
    this.heldDays[miners] = 0;
  }

  exactly(miner: number): HeldExactly | null {
    return this.multipliers.heldExactly(this.member[miner]);
  }

  private reserve(count: number): void {
    if (count <= this.uid.length) return;
    const length = count * 2;
    this.uid = new Int32Array(length);
    this.registeredMs = new Float64Array(length);
    this.stakeRao = new Float64Array(length);
    this.heldShare = new Float64Array(length);
    this.heldDays = new Float64Array(length);
  }
}
