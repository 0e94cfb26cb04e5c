import * as z from "zod";
import { MAX_RAO } from "../../engine/index.js";

const DECIMAL = /^\+?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const RAO_PLACES = 9;

/** Is the text a decimal that is to be read digit by digit? (YAML also knows 0x10 and .inf.) */
export function isDecimal(text: string): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && `${match[1]}${match[2] ?? ""}` !== "";
}

/**
 * An amount of tokens as exact rao: by its digits, never through a product of floats.
 * @returns null for what is no amount: negative, more than 9 decimal places, above 2^53 - 1 rao, not a number
 */
export function amountRao(tokens: number | string): number | null {
  const text = String(tokens).trim();
  const match = DECIMAL.exec(text);
  if (match === null || !isDecimal(text)) return null;
  const fraction = match[2] ?? "";
  const digits = `${match[1]}${fraction}`.replace(/^0+/, "");
  if (digits === "") return 0;
  const places = RAO_PLACES + Number(match[3] ?? "0") - fraction.length;
  if (places > 20 || places < -digits.length) return null;
  const kept = places < 0 ? digits.slice(0, places) : digits + "0".repeat(places);
  if (places < 0 && /[1-9]/.test(digits.slice(places))) return null;
  const rao = BigInt(kept === "" ? "0" : kept);
  return rao <= BigInt(MAX_RAO) ? Number(rao) : null;
}

/** Rao as tokens in decimal digits, zeros at the end trimmed. */
export function amountDigits(rao: number): string {
  const digits = String(rao).padStart(RAO_PLACES + 1, "0");
  const fraction = digits.slice(-RAO_PLACES).replace(/0+$/, "");
  return digits.slice(0, -RAO_PLACES) + (fraction === "" ? "" : `.${fraction}`);
}

/** Rao as tokens: a number where a double holds it exactly, else decimal text. Never loses a rao either way. */
export function amountTokens(rao: number): number | string {
  const text = amountDigits(rao);
  const near = Number(text);
  return amountRao(near) === rao ? near : text;
}

/** What is said to be allowed begins so. */
export const AMOUNT = "an amount of tokens";

/** An amount of tokens (alpha or TAO), exact to the rao; text is taken too. Comes out as `amountTokens` writes it. */
export function amount(range: { readonly above?: 0 } = {}) {
  const error = `${AMOUNT}, ${range.above === 0 ? "above 0" : "0 or more"}, at most 9007199.254740991 and 9 decimal places`;
  const fits = (tokens: number | string) => {
    const rao = amountRao(tokens);
    return rao !== null && (range.above === undefined || rao > 0);
  };
  return z
    .union([z.number(), z.string()], { error })
    .refine(fits, { error })
    .transform((tokens) => amountTokens(amountRao(tokens) ?? 0));
}
