import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import { MAX_RAO } from "../kernel/money.js";
import { type BoundMultiplierRule, bindMultiplierRule, type HeldExactly } from "../rules/multipliers/index.js";
import { decideFactors, isAsked, reachesLimit } from "../vesting/asked-rule.js";
import type { HeldMultipliers } from "../vesting/held-multipliers.js";
import { Measurements } from "../vesting/measurements.js";
import { minimumStakeRaoOf } from "../vesting/minimum-stake.js";
import type { EpochTape } from "./epoch-tape.js";

/** A limit lies so close to what is held that only the ledger can tell on which side. */
export class Undecidable extends Error {}

/** As `Multipliers`, of the miners of an epoch of a tape. */
export class TapedMultipliers implements HeldMultipliers {
  readonly measured = new Measurements();
  private readonly rule: BoundMultiplierRule;
  private readonly exactly: TapedHolding;
  /** Row of a member in the epoch that was measured last. */
  private rowOf = new Int32Array(256);

  /** @param multiplies `false`: every multiplier is 1 */
  constructor(
    private readonly tape: EpochTape,
    private readonly vesting: VestingConfiguration,
    private readonly multiplies: boolean,
  ) {
    this.exactly = new TapedHolding(tape);
    this.rule = multiplies ? bindMultiplierRule(vesting.rule, vesting) : () => 1;
  }

  measure(epoch: number): Measurements {
    const { tape, measured, rule, exactly } = this;
    const { member, received, stakeRao: stakes, heldShare: shares, heldDays: days } = tape;
    const members = tape.members[epoch];
    measured.reserve(members);
    if (this.rowOf.length < members) this.rowOf = new Int32Array(members * 2);
    const { rowOf } = this;
    measured.count = members;
    const { stakeRao, heldShare, heldDays, multiplier, eligible, asked } = measured;
    const minimum = minimumStakeRaoOf(this.vesting, tape.priceTaoPerAlpha[epoch]);
    const end = tape.firstRow[epoch + 1];
    for (let row = tape.firstRow[epoch]; row < end; row++) {
      const i = member[row];
      rowOf[i] = row;
      const stake = stakes[row];
      stakeRao[i] = stake;
      heldShare[i] = shares[row];
      heldDays[i] = days[row];
      exactly.row = row;
      multiplier[i] = isAsked(eligible, asked, i, stake >= minimum, received[row] === 1) ? rule(shares[row], days[row], exactly) : 1;
    }
    decideFactors(measured, this.vesting.belowMinimum);
    return measured;
  }

  reaches(index: number, limit: Fraction): boolean {
    return reachesLimit(this, this.multiplies ? this.vesting : null, index, limit);
  }

  heldExactly(index: number): HeldExactly | null {
    this.exactly.row = this.rowOf[index];
    return this.measured.asked[index] === 1 ? this.exactly : null;
  }
}

/** What a row of a tape holds, exactly; moved from one to the next. */
class TapedHolding implements HeldExactly {
  row = 0;

  constructor(private readonly tape: EpochTape) {}

  /** @throws Undecidable where the amounts are not known to the rao */
  share(): Fraction {
    const { remainingRao, receivedRao } = this.tape;
    if (remainingRao === null || receivedRao === null || receivedRao[this.row] > MAX_RAO) throw new Undecidable();
    return Fraction.whole(remainingRao[this.row]).over(Fraction.whole(receivedRao[this.row]));
  }

  /** @throws Undecidable where days are not whole: what they are the quotient of is not on the tape */
  days(): Fraction {
    if (this.tape.measure.rounding !== "whole_days") throw new Undecidable();
    return Fraction.decimal(this.tape.heldDays[this.row]);
  }
}
