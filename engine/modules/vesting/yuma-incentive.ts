import type { Subnet } from "../../books/subnet.js";
import type { SetWeights } from "../../books/validator-weights.js";
import type { World } from "../../books/world.js";
import type { EpochTrace } from "../../epochs/epoch-trace.js";
import { YumaRecords } from "../../epochs/yuma-records.js";
import { KeyedYuma, NOT_SET } from "../../yuma/keyed-yuma.js";
import type { WeightsConfiguration } from "../../yuma/weights-configuration.js";

/** What Yuma makes of the weights that a stream says validators set, subnet by subnet (docs/explanation/yuma.md). */
export class YumaIncentive {
  /** Epochs, those in which nothing had support, and those of them in which no validator had any stake. */
  readonly epochs = { all: 0, withoutConsensus: 0, withoutStake: 0 };
  /** Hotkeys that were given weight while they had no seat, or were not on the subnet. */
  readonly strangers = new Set<number>();
  readonly #bySubnet = new Map<Subnet, KeyedYuma>();
  /** Seat keys of who was among the miners of the last epoch: bonds on them go on, also while nobody rates them. */
  readonly #before = new Map<Subnet, ReadonlySet<number>>();
  readonly #records: YumaRecords;

  constructor(
    private readonly world: World,
    private readonly configuration: WeightsConfiguration,
    trace: EpochTrace | null,
  ) {
    this.#records = new YumaRecords(world.outputs, world.configuration.record.everyEpochs, trace);
  }

  /** At the end of an epoch: the incentive of miners, by hotkey; who is not in it has none. */
  of(subnet: Subnet): ReadonlyMap<number, number> {
    const { netuid } = subnet.configuration;
    const { validatorWeights } = this.world;
    const sets = validatorWeights.on(netuid);
    const seats = this.#miners(subnet, sets);
    const [keys, miners] = [Int32Array.from(seats, ({ key }) => key), Int32Array.from(seats, ({ hotkey }) => hotkey)];
    this.#before.set(subnet, new Set(keys));
    const stakes = this.#stakes(subnet, sets);
    const set = new Float64Array(sets.length * miners.length).fill(NOT_SET);
    sets.forEach(({ validator, weights }, i) => {
      miners.forEach((miner, j) => {
        // What a validator gives itself does not count.
        if (miner !== validator) set[i * miners.length + j] = weights.get(miner) ?? NOT_SET;
      });
    });
    let yuma = this.#bySubnet.get(subnet);
    if (yuma === undefined) {
      yuma = new KeyedYuma(this.configuration);
      this.#bySubnet.set(subnet, yuma);
    }
    const validators = Int32Array.from(sets, ({ validator }) => validator);
    const outcome = yuma.epoch(
      validators.map((validator) => validatorWeights.seatKeyOf(netuid, validator)),
      keys,
      stakes,
      set,
    );
    const { incentive } = outcome;
    const namesOf = (hotkeys: Int32Array) => Array.from(hotkeys, (hotkey) => this.world.addresses.nameOf(hotkey));
    this.#records.write(subnet, yuma, outcome, () => ({ validators: namesOf(validators), miners: namesOf(miners), stakesRao: stakes }));
    this.epochs.all += 1;
    if (incentive.every((share) => share === 0)) this.epochs.withoutConsensus += 1;
    if (sets.length > 0 && stakes.every((stake) => stake === 0)) this.epochs.withoutStake += 1;
    return new Map(Array.from(miners, (miner, j) => [miner, incentive[j]]));
  }

  /** Who has a seat and is given weight by anybody, or was in the epoch before, in the order of their seat keys. */
  #miners(subnet: Subnet, sets: readonly SetWeights[]): readonly { readonly key: number; readonly hotkey: number }[] {
    const seated = this.#hotkeysOn(subnet);
    const rated = new Set<number>();
    for (const { weights } of sets) {
      for (const [miner, weight] of weights) {
        if (seated.has(miner)) rated.add(miner);
        else if (weight > 0) this.strangers.add(miner);
      }
    }
    const before = this.#before.get(subnet);
    const all = [...seated].map((hotkey) => ({ hotkey, key: this.world.validatorWeights.seatKeyOf(subnet.configuration.netuid, hotkey) }));
    return all.filter(({ hotkey, key }) => rated.has(hotkey) || before?.has(key)).sort((a, b) => a.key - b.key);
  }

  /** With a seat; on a subnet without a registry: that any stream told of. */
  #hotkeysOn({ positions, positionCount, seatsAreRecorded, registry }: Subnet): ReadonlySet<number> {
    if (seatsAreRecorded) return new Set(Array.from(registry.seats(), (seat) => seat.hotkey));
    const { hotkey } = this.world.positions;
    const known = new Set<number>();
    for (let i = 0; i < positionCount; i++) known.add(hotkey[positions[i]]);
    return known;
  }

  /** Whole rao: what the stream says, or what the positions of the hotkey hold. */
  #stakes({ positions, positionCount }: Subnet, sets: readonly SetWeights[]): Float64Array {
    const { hotkey } = this.world.positions;
    const heldRao = new Map(sets.map(({ validator }) => [validator, 0]));
    for (let i = 0; i < positionCount; i++) {
      const held = heldRao.get(hotkey[positions[i]]);
      if (held !== undefined) heldRao.set(hotkey[positions[i]], held + this.world.book.totalOf(positions[i]));
    }
    return Float64Array.from(sets, ({ validator, stakeRao }) => (stakeRao > 0 ? stakeRao : (heldRao.get(validator) ?? 0)));
  }
}
