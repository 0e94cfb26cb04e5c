import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { locatedFault, RuleFault } from "../rules/rule-fault.js";
import { leastAskedCollateralRao } from "../rules/stages/asked-collateral.js";
import { allAskedFacts, surelyAskedFacts } from "../rules/stages/asked-facts.js";
import type { ListTrace } from "../rules/stages/list-trace.js";
import type { MembersOfPools, StageObserver } from "../rules/stages/stage.js";
import type { HeldMultipliers } from "../vesting/held-multipliers.js";
import { EpochFacts } from "./epoch-facts.js";
import type { EpochSheet } from "./epoch-sheet.js";
import type { EpochTotals } from "./epoch-totals.js";
import type { EpochTrace } from "./epoch-trace.js";
import type { ListRunner } from "./list-runner.js";
import type { OtherPlace } from "./other-answer.js";
import type { OtherStages } from "./other-stages.js";
import type { PoolCourse } from "./pool-course.js";
import { PoolWatch } from "./pool-watch.js";
import { StageList } from "./stage-list.js";
import { SubnetFacts } from "./subnet-facts.js";

/** Runs the list of stages of a scenario at the end of epochs: a list a subnet, since stages may remember. */
export class StagedShares implements ListRunner<Subnet> {
  private readonly lists = new Map<Subnet, { readonly list: StageList; readonly source: SubnetFacts }>();
  private readonly facts: EpochFacts;
  private readonly pools: PoolWatch | null;
  /** Of the epoch that ran last. */
  private sheet: EpochSheet | null = null;
  /** Does a stage surely? One of a file is told all there is, whether it reads it or not. */
  private readonly asksCollateral: boolean;
  private readonly askedCollateralRao: number;

  constructor(
    private readonly configuration: StageListConfiguration,
    private readonly world: World,
    multipliers: HeldMultipliers,
    private readonly totals: Pick<EpochTotals, "budgets" | "accidents">,
    private readonly trace: EpochTrace | null = null,
    private readonly others: OtherStages | null = null,
    private readonly course: PoolCourse | null = null,
  ) {
    const asked = allAskedFacts([...configuration.stages, ...(others?.list.stages ?? [])]);
    this.asksCollateral = configuration.stages.some((one) => surelyAskedFacts(one).includes("collateral"));
    this.askedCollateralRao = leastAskedCollateralRao(configuration.stages);
    this.pools = PoolWatch.of(configuration.stages, configuration.tags ?? {});
    if (asked.has("moved")) world.past.followMoves();
    this.facts = new EpochFacts(multipliers, asked);
  }

  /** @throws TenureError of a plug-in that fails, with the subnet, the epoch and the miner where one is to blame */
  run(subnet: Subnet, sheet: EpochSheet, isOutside: boolean): StageList {
    let own = this.lists.get(subnet);
    if (own === undefined) {
      own = { list: new StageList(this.others?.running ?? this.configuration), source: new SubnetFacts(this.world, subnet) };
      own.list.watch = this.others?.watch(() => this.placeOf(subnet)) ?? null;
      this.lists.set(subnet, own);
    }
    const { list, source } = own;
    const { miners, member, endMs } = sheet;
    this.sheet = sheet;
    source.begin(endMs);
    this.facts.gather(source, sheet, isOutside);
    if (this.asksCollateral || (this.facts.asksCollateral && subnet.collateralRao.size > 0)) {
      this.totals.accidents.takeCollateral(subnet.configuration.netuid, endMs, this.facts.collateralRao, miners, this.askedCollateralRao);
    }
    list.pools = this.poolsOf(subnet, sheet);
    try {
      const outside = isOutside ? miners : -1;
      list.run(this.facts, sheet.start ?? sheet.base, outside, this.recorder(subnet, sheet), null, this.traceOf(subnet, sheet));
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      const isMiner = error.miner >= 0 && error.miner < miners;
      const hotkey = isMiner ? this.world.positions.hotkeyOf(subnet.positions[member[error.miner]]) : null;
      throw locatedFault(error, { hotkey, netuid: subnet.configuration.netuid, epoch: subnet.epoch, timeMs: endMs });
    }
    if (list.members !== null) this.watchPools(list.members, subnet, sheet);
    if (list.spending !== null) this.totals.budgets.take(subnet, list.spending);
    return list;
  }

  private watchPools(membership: MembersOfPools, subnet: Subnet, sheet: EpochSheet): void {
    const { pools, facts, world } = this;
    if (pools === null) return;
    const { accidents } = this.totals;
    accidents.takeLeftOut(subnet.configuration.netuid, sheet.endMs, pools.leftOut(membership, sheet));
    const hotkeyOf = (miner: number) => world.positions.hotkey[subnet.positions[sheet.member[miner]]];
    accidents.unmet.take(pools.unmet(membership, sheet, hotkeyOf, (miner, name) => facts.isNamed(miner, name)));
  }

  private placeOf(subnet: Subnet): OtherPlace {
    const { member, miners, endMs } = this.sheet as EpochSheet;
    const positionOf = (miner: number) => subnet.positions[member[miner]];
    return { netuid: subnet.configuration.netuid, epoch: subnet.epoch, endMs, miners, positionOf };
  }

  /** Null but in the epoch that is explained. */
  private traceOf(subnet: Subnet, { miners, member }: EpochSheet): ListTrace | null {
    const { trace } = this;
    if (trace === null || !trace.isOf(subnet.configuration.netuid, subnet.epoch)) return null;
    return trace.begin(Int32Array.from({ length: miners }, (_, k) => subnet.positions[member[k]]));
  }

  /** Who looks on at pools; null: nobody does, or not on this subnet. */
  private poolsOf(subnet: Subnet, { miners, member }: EpochSheet) {
    const { course } = this;
    if (course === null || course.netuid !== subnet.configuration.netuid) return null;
    for (let k = 0; k < miners; k++) if (subnet.positions[member[k]] === course.position) return course.begin(subnet.epoch, k);
    return null;
  }

  private recorder(subnet: Subnet, { miners, member }: EpochSheet): StageObserver | null {
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
