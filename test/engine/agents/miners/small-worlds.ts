import fc from "fast-check";
import { refuseMinerStrategy } from "../../../../engine/agents/miners/index.js";
import {
  type ClosedLoopConfiguration,
  MINER_STRATEGIES,
  type MinerGroup,
  type MinerStrategyConfiguration,
  type MinerStrategyName,
  minerStrategyNamed,
  type Parameter,
  TenureError,
} from "../../../../engine/index.js";
import type { MemoryStream } from "../../in-memory.js";
import { DAY, EPOCH, group, HOUR, LoopRun, loop, prices, type RunChanges, strategy, TOKEN, validators } from "./small-loop.js";

/** A subnet of a few miners with any strategies, means, market and rule, small enough to run many of. */
export interface SmallWorld {
  readonly closedLoop: ClosedLoopConfiguration;
  readonly epochs: number;
  readonly changes: RunChanges;
  readonly streams: readonly MemoryStream[];
}

const NAMES = Object.keys(MINER_STRATEGIES) as MinerStrategyName[];
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

function valuesOf(parameter: Parameter): fc.Arbitrary<unknown> {
  switch (parameter.kind) {
    case "number": {
      const { above, atLeast, below, atMost, whole } = parameter.range;
      const low = atLeast ?? above ?? 0;
      const high = Math.min(atMost ?? below ?? 1, whole === true ? 5 : 2);
      if (whole === true) return fc.integer({ min: low, max: high });
      if (parameter.range.places === 9) return fc.integer({ min: 1, max: 999_999_999 }).map((parts) => parts / 1e9);
      return real(low, high).map((value) => (value === above || value === below ? (low + high) / 2 : value));
    }
    case "time_span":
      return fc.constantFrom(...[12_000, HOUR / 6, HOUR / 2, 3 * HOUR, DAY, 7 * DAY].filter((span) => span >= parameter.atLeastMs));
    case "choice":
      return fc.constantFrom(...Object.keys(parameter.values));
    case "amount":
      return fc.oneof(fc.constantFrom(parameter.default, 1, TOKEN, 300 * TOKEN), fc.integer({ min: 1, max: 10 ** 13 }));
    case "name":
      return fc.constant(null);
    default:
      throw new Error(`no values for parameters of the kind ${parameter.kind}`);
  }
}

/** Any strategy with any parameters that it can act by. */
export const anyStrategy: fc.Arbitrary<MinerStrategyConfiguration> = fc.constantFrom(...NAMES).chain((name) => {
  const parameters = Object.entries(minerStrategyNamed(name).parameters).map(([key, parameter]) => [key, valuesOf(parameter)] as const);
  return fc
    .oneof(fc.constant({}), fc.record(Object.fromEntries(parameters)))
    .map((values) => ({ ...strategy(name), ...values }) as MinerStrategyConfiguration)
    .filter((acts) => isFine(acts));
});

function isFine(acts: MinerStrategyConfiguration): boolean {
  try {
    refuseMinerStrategy(acts, "", EPOCH);
    return true;
  } catch (error) {
    if (error instanceof TenureError) return false;
    throw error;
  }
}

const tokens = fc.oneof(fc.constantFrom(0, 1e-9, 1, 10), real(0, 2_000));
const groups: fc.Arbitrary<readonly MinerGroup[]> = fc
  .array(
    fc.record({
      acts: anyStrategy,
      count: fc.integer({ min: 1, max: 3 }),
      stake: tokens,
      tao: tokens,
      skill: real(0.01, 10),
      priority: fc.integer({ min: 0, max: 2 }),
      arrivesAfter: fc.constantFrom({ fromMs: 0, toMs: 0 }, { fromMs: EPOCH, toMs: 5 * EPOCH }),
      registersAgain: fc.boolean(),
      isForSale: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((all) => all.map(({ acts, ...changes }, i) => group(`g${i}`, acts, changes)));

const pool = {
  kind: fc.constant("pool" as const),
  pool: fc.record({ fee: fc.constantFrom(0, 0.0005, 0.3) }),
  feedback: fc.constantFrom(null, { halfLifeMs: DAY, exponent: 1 }),
};
const market = fc.oneof(
  fc.record({
    ...pool,
    taoReserveRao: fc.integer({ min: 100 * TOKEN, max: 10_000 * TOKEN }),
    alphaReserveRao: fc.integer({ min: TOKEN, max: 100_000 * TOKEN }),
    taoRaoPerBlock: fc.constantFrom(0, 1, TOKEN / 100),
  }),
  fc.record({
    ...pool,
    taoReserveRao: fc.oneof(fc.constantFrom(1, 1_000), fc.integer({ min: 1, max: TOKEN })),
    alphaReserveRao: fc.oneof(fc.constantFrom(1, 1_000), fc.integer({ min: 1, max: TOKEN })),
    taoRaoPerBlock: fc.constant(0),
  }),
  fc.constant({ kind: "prices" as const }),
);

const multiplier = fc.record({
  stage: fc.constant("multiplier" as const),
  parameters: fc.constant({}),
  variant: fc.constant("geometric"),
  of: fc.record({ retentionTarget: fc.constant(0.9), retentionWindowDays: fc.constantFrom(0.5, 30), maxMultiplier: real(1, 5) }),
});
const gate = fc.record({
  stage: fc.constant("gate" as const),
  parameters: fc.record({
    by: fc.constant("stake"),
    atLeast: fc.constantFrom(0.3, 100),
    unit: fc.constantFrom("alpha", "tao"),
    below: fc.constantFrom("zero", "scale"),
    power: fc.constant(1),
  }),
});
const stages = fc.option(
  fc.record({
    stages: fc.array(fc.oneof(gate, multiplier), { minLength: 1, maxLength: 3 }),
    residual: fc.option(fc.constantFrom("burn" as const, "owner" as const), { nil: null }),
    recordsEveryEpoch: fc.constant(false),
  }),
  { nil: null, freq: 3 },
);
export const anyVesting = fc.record({
  rule: fc.constantFrom("geometric" as const, "linear_retention" as const),
  mode: fc.constantFrom("on" as const, "on" as const, "shadow" as const, "off" as const),
  retentionTarget: real(0.1, 1),
  retentionWindowDays: fc.constantFrom(0.25, 1, 30),
  maxMultiplier: real(1, 5),
  minimumStakeRao: fc.constantFrom(0, 300_000_000, 50 * TOKEN),
  minimumStakeUnit: fc.constantFrom("alpha" as const, "tao" as const),
  belowMinimum: fc.constantFrom("no_bonus" as const, "zero" as const),
  retentionBasis: fc.constantFrom("emissions" as const, "all_stake" as const),
  retentionScope: fc.constantFrom("lifetime" as const, "window" as const),
  rounding: fc.constantFrom("exact" as const, "whole_days" as const),
});
export const anyWithdrawalOrder = fc.constantFrom(
  "filo" as const,
  "fifo" as const,
  "manual_first" as const,
  "emission_first" as const,
  "pro_rata" as const,
);

/** Some who rate the seats in any way; who colludes needs somebody to collude with. */
const raters = fc.option(
  fc
    .array(
      fc.record({
        behaviour: fc.oneof(
          fc.record({ kind: fc.constant("honest" as const), deviation: fc.constantFrom(0, 0.3, 5) }),
          fc.record({ kind: fc.constant("stale" as const), lagEpochs: fc.integer({ min: 1, max: 5 }) }),
          fc.constant({ kind: "lazy_copier" as const }),
        ),
        stake: fc.oneof(fc.constantFrom(1e-9, 10), real(1, 1_000)),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 3 },
    )
    .map((some) => [
      ...some.map(({ behaviour, stake, count }, i) => validators(`v${i}`, behaviour, stake, count)),
      validators("colluding", { kind: "colluder", deviation: 0.1 }, 20),
    ]),
  { nil: null },
);

export const smallWorld: fc.Arbitrary<SmallWorld> = fc
  .record({
    groups,
    raters,
    kappa: fc.constantFrom(0.1, 0.5, 1),
    market,
    stages,
    vesting: anyVesting,
    withdrawalOrder: anyWithdrawalOrder,
    seed: fc.nat(),
    epochs: fc.integer({ min: 5, max: 40 }),
    minerPotRaoPerBlock: fc.oneof(fc.constantFrom(1, 7, TOKEN), fc.integer({ min: 1, max: 10 * TOKEN })),
    registrationCostRao: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 1, max: 5 * TOKEN })),
    capacity: fc.constantFrom(64, 256),
    told: fc.array(real(1e-6, 20), { minLength: 1, maxLength: 20 }),
  })
  .map(({ groups: miners, market: where, epochs, minerPotRaoPerBlock, registrationCostRao, capacity, told, ...rest }) => {
    const { stages: list, seed, withdrawalOrder: order } = rest;
    return {
      closedLoop: loop(miners, {
        market: where,
        emission: { kind: "schedule", minerPotRaoPerBlock, halvesEveryMs: null },
        registrationCostRao,
        skill: { halfLifeMs: DAY, deviation: 0.3 },
        kappa: rest.kappa,
        ...(rest.raters === null ? {} : { validators: rest.raters }),
      }),
      epochs,
      changes: {
        seed,
        ledger: { withdrawalOrder: order },
        vesting: list === null ? rest.vesting : { ...rest.vesting, mode: "on" as const },
        stages: list,
        subnets: [{ netuid: 7, tempoBlocks: 300, capacity, immunityMs: 0 }],
      },
      streams: where.kind === "prices" ? [prices(told, 2 * EPOCH)] : [],
    };
  });

export const runWorld = ({ closedLoop, epochs, changes, streams }: SmallWorld): LoopRun =>
  new LoopRun(closedLoop, epochs, changes, streams);
