const RAO_PER_TOKEN = 1_000_000_000n;

/** 1234567 -> "1,234,567". */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * Rao as whole tokens (alpha or TAO), exact: all nine decimals, zeros at the end trimmed.
 * @param rao A whole number of rao: a safe integer, a bigint, or its decimal digits.
 */
export function formatTokens(rao: number | bigint | string): string {
  const amount = BigInt(rao);
  const size = amount < 0n ? -amount : amount;
  const fraction = (size % RAO_PER_TOKEN).toString().padStart(9, "0").replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${groupThousands((size / RAO_PER_TOKEN).toString())}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Rao as tokens with four decimals, rounded half away from zero; for columns that are read at a glance. */
export function formatTokensShort(rao: number | bigint | string): string {
  const amount = BigInt(rao);
  const size = amount < 0n ? -amount : amount;
  const tenThousandths = (size + 50_000n) / 100_000n;
  const fraction = (tenThousandths % 10_000n).toString().padStart(4, "0");
  const sign = amount < 0n && tenThousandths > 0n ? "-" : "";
  return `${sign}${groupThousands((tenThousandths / 10_000n).toString())}.${fraction}`;
}

/** Like `formatTokensShort`, with a plus before gains. */
export function formatTokensChange(rao: number | bigint | string): string {
  return `${BigInt(rao) > 0n ? "+" : ""}${formatTokensShort(rao)}`;
}
