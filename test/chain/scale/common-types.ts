import {
  compactOf,
  composite,
  type FixedBytesType,
  plainVariant,
  primitive,
  sequenceOf,
  type Type,
  tupleOf,
  unnamedFields,
  type VariantType,
} from "./type.js";

/** The types that several pallets share. A type's identity is its object: each of them is declared once. */
export const bool = primitive("bool");
export const str = primitive("str");
export const u8Type = primitive("u8");
export const u16Type = primitive("u16");
export const u32Type = primitive("u32");
export const u64Type = primitive("u64");
export const u128Type = primitive("u128");
export const i32Type = primitive("i32");
export const i64Type = primitive("i64");

export const accountId: FixedBytesType = { kind: "fixedBytes", path: ["sp_core", "crypto", "AccountId32"], bytes: 32 };
export const h256: FixedBytesType = { kind: "fixedBytes", path: ["primitive_types", "H256"], bytes: 32 };

export const accountIds = sequenceOf(accountId);
export const u16s = sequenceOf(u16Type);
export const u64s = sequenceOf(u64Type);
export const bools = sequenceOf(bool);
export const children = sequenceOf(tupleOf(u64Type, accountId));
export const hashes = sequenceOf(h256);
export const bytes = sequenceOf(u8Type);
export const unit = tupleOf();

export const hotkeySubnet = tupleOf(accountId, u16Type);
export const hotkeyColdkeySubnet = tupleOf(accountId, accountId, u16Type);
export const subnetHotkey = tupleOf(u16Type, accountId);
export const subnetUid = tupleOf(u16Type, u16Type);
export const u16Pairs = sequenceOf(subnetUid);

/** U64F64: the number times 2^64. */
export const fixedU128 = composite("substrate_fixed::FixedU128", { bits: u128Type });
/** mantissa * 10^exponent. */
export const safeFloat = composite("share_pool::SafeFloat", { mantissa: u128Type, exponent: i64Type });
export const perquintill: Type = {
  kind: "composite",
  path: ["sp_arithmetic", "per_things", "Perquintill"],
  fields: unnamedFields(u64Type),
};

export const optionU32: VariantType = {
  kind: "variant",
  path: ["Option"],
  variants: [
    { name: "None", index: 0, fields: [] },
    { name: "Some", index: 1, fields: unnamedFields(u32Type) },
  ],
  params: [{ name: "T", type: u32Type }],
};

const weight = composite("sp_weights::weight_v2::Weight", { ref_time: compactOf(u64Type), proof_size: compactOf(u64Type) });

export const dispatchInfo = composite("frame_system::DispatchEventInfo", {
  weight,
  class: plainVariant("frame_support::dispatch::DispatchClass", ["Normal", "Operational", "Mandatory"]),
  pays_fee: plainVariant("frame_support::dispatch::Pays", ["Yes", "No"]),
});

/** The first cases of the real enum, the only ones that occur here. */
export const dispatchError = plainVariant("sp_runtime::DispatchError", ["Other", "CannotLookup", "BadOrigin"]);

export const lastRuntimeUpgradeInfo = composite("frame_system::LastRuntimeUpgradeInfo", {
  spec_version: compactOf(u32Type),
  spec_name: str,
});
