import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import type { RunConfiguration } from "../configuration/run-configuration.js";
import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import { AuditedLedger } from "../ledger/audited-ledger.js";
import type { Ledger } from "../ledger/ledger.js";
import { MeasurementAudit } from "./measurement-audit.js";
import { Multipliers } from "./multipliers.js";

/** Is the multiplier of `vesting` the rule? With `mode: off`, and beside a list of stages, it is 1 for everybody. */
export function multiplies({ vesting, stages }: Pick<RunConfiguration, "vesting" | "stages">): boolean {
  return vesting.mode !== "off" && stages === null;
}

/** The holding rule of a run, and the one under which its recording was made: they measure positions, and multiply. */
export class Vesting {
  readonly multipliers: Multipliers;
  /** Of the recorded holdings under `emission.recorded_rule`; null where none is stated. */
  private readonly recorded: Multipliers | null;

  constructor(private readonly world: World) {
    const { vesting, emission } = world.configuration;
    const { book } = world;
    this.multipliers = this.multipliersOf(book.simulated, vesting, multiplies(world.configuration), vesting.belowMinimum);
    this.recorded = emission.recordedRule === null ? null : this.multipliersOf(book.recorded, emission.recordedRule, true, "no_bonus");
  }

  /** Multipliers of the recorded holdings of a subnet's positions, by index; null where no rule is stated for them. */
  recordedMultipliers(subnet: Subnet, nowMs: number): Float64Array | null {
    return this.recorded === null ? null : this.recorded.measure(subnet, nowMs).multiplier;
  }

  private multipliersOf(
    ledger: Ledger,
    rule: HoldingRuleConfiguration,
    isRule: boolean,
    belowMinimum: VestingConfiguration["belowMinimum"],
  ): Multipliers {
    const { positions } = this.world;
    const audit = ledger instanceof AuditedLedger ? new MeasurementAudit(rule, ledger, positions) : null;
    return new Multipliers(rule, ledger, positions, isRule, belowMinimum, audit);
  }
}
