import { unitsOf } from "../kernel/decimal.js";
import { InvariantError } from "../kernel/errors.js";
import { max, round } from "../kernel/math.js";
import { mulDivFloor } from "../kernel/money.js";
import { DAY_MS } from "../kernel/time.js";
import type { Severity, SlashCause, SlashDestination, SlashState } from "../tables/vocabularies/consensus.js";
import type { SlashingRules } from "./configuration.js";
import { MILLION, millionthsOf } from "./millionths.js";

/** What is slashed for. */
export interface Offence {
  readonly epoch: number;
  readonly timeMs: number;
  readonly validator: number;
  readonly severity: Exclude<Severity, "none">;
  readonly cause: SlashCause;
  /** The worst deviation it is for, 0..1. */
  readonly deviation: number;
  /** Deviations in the window, the present one included. */
  readonly deviations: number;
}

export interface Slash extends Offence {
  /** Number in the run, from 0. */
  readonly id: number;
  /** Share of available stake. */
  readonly rate: number;
  readonly availableRao: number;
  readonly amountRao: number;
  readonly destination: SlashDestination;
  /** When the appeal time is over. */
  readonly dueMs: number;
  readonly state: SlashState;
  /** What left the stake: less than `amountRao` only where so much was no longer there. */
  readonly takenRao: number;
  /** When it was taken or overturned; null while held. */
  readonly settledMs: number | null;
}

type OpenSlash = { -readonly [key in keyof Slash]: Slash[key] };

/**
 * Takes stake of a validator: at most `slash.amountRao`, from its positions pro rata, to `slash.destination`.
 * @returns the whole rao that were taken
 */
export type TakeStake = (slash: Slash) => number;

/** Decides amounts, holds slashes back for their appeal time, and has them taken (docs/explanation/consensus.md). */
export class Slashing {
  /** All slashes decided, by id. */
  readonly slashes: readonly Slash[];
  private readonly all: OpenSlash[] = [];
  private readonly heldNow: OpenSlash[] = [];
  private readonly heldRao: number[] = [];
  /** Epoch of the last offence slashed, by validator. */
  private readonly lastEpoch: number[] = [];

  constructor(
    private readonly rules: SlashingRules,
    private readonly take: TakeStake,
  ) {
    this.slashes = this.all;
  }

  /** Stake, rao, that is not held back for a slash already. */
  availableRao(validator: number, stakeRao: number): number {
    return max(0, stakeRao - this.heldBackRao(validator));
  }

  heldBackRao(validator: number): number {
    return this.heldRao[validator] ?? 0;
  }

  /**
   * Slashes for an offence: held back where there is an appeal time, else taken at once.
   * @param stakeRao of the validator, whole rao
   * @throws InvariantError when the validator was slashed for this epoch already
   */
  decide(offence: Offence, stakeRao: number): Slash {
    const { validator, epoch, timeMs, severity } = offence;
    if (epoch <= (this.lastEpoch[validator] ?? Number.NEGATIVE_INFINITY)) {
      throw new InvariantError(`validator ${validator} is slashed twice for epoch ${epoch}`);
    }
    this.lastEpoch[validator] = epoch;
    const { rates, destination, appealDays } = this.rules;
    const availableRao = this.availableRao(validator, stakeRao);
    const slash: OpenSlash = {
      ...offence,
      id: this.all.length,
      rate: rates[severity],
      availableRao,
      amountRao: mulDivFloor(availableRao, millionthsOf(rates[severity]), MILLION),
      destination,
      dueMs: timeMs + round(unitsOf(appealDays, DAY_MS)),
      state: "held",
      takenRao: 0,
      settledMs: null,
    };
    this.all.push(slash);
    this.heldRao[validator] = this.heldBackRao(validator) + slash.amountRao;
    this.heldNow.push(slash);
    if (appealDays === 0) this.settle(slash, timeMs);
    return slash;
  }

  /** Held slashes whose appeal time is over by now, oldest first; they stay held until `settle` or `overturn`. */
  due(timeMs: number): readonly Slash[] {
    return this.heldNow.filter((slash) => slash.dueMs <= timeMs);
  }

  /** Has a held slash taken. */
  settle({ id }: Slash, timeMs: number): void {
    const slash = this.release(id);
    const takenRao = slash.amountRao === 0 ? 0 : this.take(slash);
    if (!(Number.isSafeInteger(takenRao) && takenRao >= 0 && takenRao <= slash.amountRao)) {
      throw new InvariantError(`${takenRao} of a slash of ${slash.amountRao} rao were taken`);
    }
    slash.state = "taken";
    slash.takenRao = takenRao;
    slash.settledMs = timeMs;
  }

  /**
   * An appeal is upheld: nothing is taken.
   * @throws InvariantError unless the slash is still held
   */
  overturn({ id }: Slash, timeMs: number): void {
    const slash = this.release(id);
    slash.state = "overturned";
    slash.settledMs = timeMs;
  }

  private release(id: number): OpenSlash {
    const at = this.heldNow.findIndex((candidate) => candidate.id === id);
    if (at === -1) throw new InvariantError(`slash ${id} is not held`);
    const [slash] = this.heldNow.splice(at, 1);
    this.heldRao[slash.validator] -= slash.amountRao;
    return slash;
  }
}
