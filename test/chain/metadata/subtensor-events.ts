import { accountId, children, optionU32, u16Type, u64s, u64Type } from "../scale/common-types.js";
import { namedFields, type Type, unnamedFields } from "../scale/type.js";
import type { EventDeclaration } from "./pallet.js";
import { SPEC } from "./specs.js";

/**
 * The events of SubtensorModule in their order. Some that nothing emits stand between them, others in other versions:
 * the index of an event says nothing across versions, as on the real chain.
 */
export function subtensorEvents(spec: number): EventDeclaration[] {
  const events = [unnamed("NetworkAdded", u16Type, u16Type), unnamed("NetworkRemoved", u16Type)];
  if (spec >= 240) events.unshift(unnamed("MaxAllowedUidsSet", u16Type, u16Type));
  if (spec >= SPEC.fixedPointShares) events.splice(1, 0, unnamed("WeightsSetRateLimitSet", u16Type, u64Type));
  events.push(...stakeEvents(spec), unnamed("WeightsSet", u16Type, u16Type));
  if (spec >= 346) events.push(unnamed("StakeThresholdSet", u64Type));
  events.push(unnamed("NeuronRegistered", u16Type, u16Type, accountId));
  if (spec >= 393) events.push(named("ColdkeySwapReset", { who: accountId }), named("ColdkeySwapCleared", { who: accountId }));
  events.push(...keyEvents(spec), unnamed("SetChildren", accountId, u16Type, children));
  if (spec >= SPEC.mechanismCount) {
    events.push(unnamed("AlphaRecycled", accountId, accountId, u64Type, u16Type));
    events.push(unnamed("AlphaBurned", accountId, accountId, u64Type, u16Type));
  }
  if (spec >= SPEC.autoStake) {
    const autoStake = { netuid: u16Type, destination: accountId, hotkey: accountId, owner: accountId, incentive: u64Type };
    events.push(named("AutoStakeAdded", autoStake), named("IncentiveAlphaEmittedToMiners", { netuid: u16Type, emissions: u64s }));
  }
  if (spec >= SPEC.rootClaim) events.push(named("RootClaimed", { coldkey: accountId }));
  if (spec >= SPEC.addStakeBurn) {
    events.push(named("AddStakeBurn", { netuid: u16Type, hotkey: accountId, amount: u64Type, alpha: u64Type }));
  }
  if (spec >= SPEC.alphaFeeEvent) {
    events.push(named("TransactionFeePaidWithAlpha", { who: accountId, netuid: u16Type, alpha_fee: u64Type, tao_amount: u64Type }));
  }
  return events;
}

function stakeEvents(spec: number): EventDeclaration[] {
  const stake = stakeFields(spec);
  const moved: Type[] = [accountId, accountId, u16Type, accountId, u16Type];
  const events = [unnamed("StakeAdded", ...stake), unnamed("StakeRemoved", ...stake)];
  if (spec < SPEC.stakeFee) return [...events, unnamed("StakeMoved", ...moved)];
  return [
    ...events,
    unnamed("StakeMoved", ...moved, u64Type),
    unnamed("StakeTransferred", accountId, accountId, accountId, u16Type, u16Type, u64Type),
    unnamed("StakeSwapped", accountId, accountId, u16Type, u16Type, u64Type),
  ];
}

/** The fields of StakeAdded and StakeRemoved. */
function stakeFields(spec: number): Type[] {
  if (spec < SPEC.stakeByColdkey && spec !== SPEC.devNetwork) return [accountId, u64Type];
  const fields: Type[] = [accountId, accountId, u64Type, u64Type, u16Type];
  if (spec >= SPEC.stakeFee) fields.push(u64Type);
  if (spec >= SPEC.future) fields.push(optionU32);
  return fields;
}

function keyEvents(spec: number): EventDeclaration[] {
  const swapCost = spec >= SPEC.stakeFee && spec < SPEC.freeColdkeySwap;
  const swapped = { coldkey: accountId, old_hotkey: accountId, new_hotkey: accountId };
  const events = [
    named("HotkeySwapped", swapped),
    named("ColdkeySwapped", { old_coldkey: accountId, new_coldkey: accountId, ...(swapCost ? { swap_cost: u64Type } : {}) }),
  ];
  if (spec >= SPEC.mechanismCount) events.push(named("HotkeySwappedOnSubnet", { ...swapped, netuid: u16Type }));
  return events;
}

function named(name: string, fields: Readonly<Record<string, Type>>): EventDeclaration {
  return { name, fields: namedFields(fields) };
}

function unnamed(name: string, ...fields: Type[]): EventDeclaration {
  return { name, fields: unnamedFields(...fields) };
}
