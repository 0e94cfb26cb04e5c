import type { World } from "../books/world.js";
import type { HoldingRuleConfiguration } from "../configuration/rule-configuration.js";
import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import { AuditedLedger } from "../ledger/audited-ledger.js";
import type { Ledger } from "../ledger/ledger.js";
import { MeasurementAudit } from "./measurement-audit.js";
import { Multipliers } from "./multipliers.js";
import { Settlement } from "./settlement.js";

/** The holding rule of a run: measures positions, and ends epochs by it. */
export class Vesting {
  readonly multipliers: Multipliers;
  readonly settlement: Settlement;

  constructor(private readonly world: World) {
    const { vesting, emission, stages } = world.configuration;
    const { book } = world;
    this.multipliers = this.multipliersOf(book.simulated, vesting, vesting.mode !== "off" && stages === null, vesting.belowMinimum);
    const recorded = emission.recordedRule === null ? null : this.multipliersOf(book.recorded, emission.recordedRule, true, "no_bonus");
    this.settlement = new Settlement(world, this.multipliers, recorded);
  }

  private multipliersOf(
    ledger: Ledger,
    rule: HoldingRuleConfiguration,
    multiplies: boolean,
    belowMinimum: VestingConfiguration["belowMinimum"],
  ): Multipliers {
    const { positions } = this.world;
    const audit = ledger instanceof AuditedLedger ? new MeasurementAudit(rule, ledger, positions) : null;
    return new Multipliers(rule, ledger, positions, multiplies, belowMinimum, audit);
  }
}
