import type { VestingConfiguration } from "../configuration/vesting-configuration.js";
import type { EpochListener } from "../epochs/epoch-close.js";
import type { SimulationConfiguration } from "../simulation-configuration.js";
import type { EpochTape, TapedMeasure } from "./epoch-tape.js";
import { flags, integers, reals } from "./growing-column.js";

/**
 * A configuration whose run a tape is recorded of: it owns what that of the scenario does, everybody who received anything is asked,
 * and no table is written.
 */
export function tapedConfiguration<C extends Omit<SimulationConfiguration, "startMs">>(configuration: C): C {
  const { vesting, record } = configuration;
  const asked: VestingConfiguration = {
    ...vesting,
    mode: "on",
    minimumStakeRao: 0,
    belowMinimum: "no_bonus",
    redistribution: { kind: "proportional" },
  };
  return { ...configuration, vesting: asked, stages: null, record: { ...record, tables: [] } };
}

/** Records the tape of a run of `tapedConfiguration`, told of its epochs as they close. */
export class TapeRecorder {
  #epochs = 0;
  #rows = 0;
  readonly #measure: TapedMeasure;
  readonly #epoch = {
    netuid: integers(),
    endMs: reals(),
    potRao: reals(),
    baseSum: reals(),
    outside: reals(),
    priceTaoPerAlpha: reals(),
    members: integers(),
    firstRow: reals(),
  };
  readonly #row = {
    member: integers(),
    uid: integers(),
    registeredMs: reals(),
    base: reals(),
    stakeRao: reals(),
    heldShare: reals(),
    heldDays: reals(),
    received: flags(),
    remainingRao: reals(),
    receivedRao: reals(),
  };

  constructor({ startMs, retentionBasis, retentionScope, retentionWindowDays, rounding, keyScope }: TapedMeasure) {
    this.#measure = { startMs, retentionBasis, retentionScope, retentionWindowDays, rounding, keyScope };
  }

  readonly listen: EpochListener = (subnet, sheet, measured, hotkeys) => {
    if (sheet.potRao === 0) return;
    const { miners, member, uid, base } = sheet;
    const at = this.#epochs;
    const first = this.#rows;
    const epoch = this.#epoch;
    epoch.netuid.reserve(at + 1)[at] = sheet.netuid;
    epoch.endMs.reserve(at + 1)[at] = sheet.endMs;
    epoch.potRao.reserve(at + 1)[at] = sheet.potRao;
    epoch.baseSum.reserve(at + 1)[at] = sheet.baseSum;
    epoch.outside.reserve(at + 1)[at] = base[miners];
    epoch.priceTaoPerAlpha.reserve(at + 1)[at] = subnet.priceTaoPerAlpha;
    epoch.members.reserve(at + 1)[at] = sheet.members;
    epoch.firstRow.reserve(at + 2)[at] = first;
    const end = first + miners;
    epoch.firstRow.values[at + 1] = end;
    const row = this.#row;
    row.member.reserve(end).set(member.subarray(0, miners), first);
    row.uid.reserve(end).set(uid.subarray(0, miners), first);
    row.base.reserve(end).set(base.subarray(0, miners), first);
    const registeredMs = row.registeredMs.reserve(end);
    const stakeRao = row.stakeRao.reserve(end);
    const heldShare = row.heldShare.reserve(end);
    const heldDays = row.heldDays.reserve(end);
    const received = row.received.reserve(end);
    const remainingRao = row.remainingRao.reserve(end);
    const receivedRao = row.receivedRao.reserve(end);
    const { registry, positions } = subnet;
    for (let k = 0; k < miners; k++) {
      const i = member[k];
      const to = first + k;
      registeredMs[to] = registry.seatOf(hotkeys[positions[i]])?.registeredMs ?? 0;
      stakeRao[to] = measured.stakeRao[i];
      heldShare[to] = measured.heldShare[i];
      heldDays[to] = measured.heldDays[i];
      received[to] = measured.asked[i];
      remainingRao[to] = measured.remainingRao[i];
      receivedRao[to] = measured.receivedRao[i];
    }
    this.#epochs = at + 1;
    this.#rows = end;
  };

  /** What was recorded so far. */
  tape(): EpochTape {
    const epochs = this.#epochs;
    const rows = this.#rows;
    const epoch = this.#epoch;
    const row = this.#row;
    const isPooled = this.#measure.keyScope === "coldkey_even";
    return {
      measure: this.#measure,
      epochs,
      netuid: epoch.netuid.shared(epochs),
      endMs: epoch.endMs.shared(epochs),
      potRao: epoch.potRao.shared(epochs),
      baseSum: epoch.baseSum.shared(epochs),
      outside: epoch.outside.shared(epochs),
      priceTaoPerAlpha: epoch.priceTaoPerAlpha.shared(epochs),
      members: epoch.members.shared(epochs),
      firstRow: epoch.firstRow.shared(epochs + 1),
      member: row.member.shared(rows),
      uid: row.uid.shared(rows),
      registeredMs: row.registeredMs.shared(rows),
      base: row.base.shared(rows),
      stakeRao: row.stakeRao.shared(rows),
      heldShare: row.heldShare.shared(rows),
      heldDays: row.heldDays.shared(rows),
      received: row.received.shared(rows),
      remainingRao: isPooled ? null : row.remainingRao.shared(rows),
      receivedRao: isPooled ? null : row.receivedRao.shared(rows),
    };
  }
}
