/** Amounts are summed in 2^-1074 rao, the smallest double: of these every product of whole rao and a share is a whole number. */
const UNIT_BITS = 1_074n;

const bits = new DataView(new ArrayBuffer(8));

/** A share of one rao, to the last bit of the double. */
export function exactShare(share: number): bigint {
  bits.setFloat64(0, share);
  const all = bits.getBigUint64(0);
  const exponent = (all >> 52n) & 0x7ffn;
  const fraction = all & 0xf_ffff_ffff_ffffn;
  // Below 2^-1022 doubles have no leading bit.
  return exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
}

export function exactRao(rao: number): bigint {
  return BigInt(rao) << UNIT_BITS;
}

/** Whole rao with the same sum, by largest remainders; of equal ones the earlier. The sum has to be whole. */
export function roundToRao(amounts: readonly bigint[]): readonly bigint[] {
  const floors = amounts.map((amount) => amount >> UNIT_BITS);
  const remainders = amounts.map((amount, at) => amount - (floors[at] << UNIT_BITS));
  const left = remainders.reduce((sum, remainder) => sum + remainder, 0n) >> UNIT_BITS;
  const order = [...amounts.keys()].sort((a, b) => (remainders[a] === remainders[b] ? a - b : remainders[a] > remainders[b] ? -1 : 1));
  const raised = new Set(order.slice(0, Number(left)));
  return floors.map((floor, at) => (raised.has(at) ? floor + 1n : floor));
}
