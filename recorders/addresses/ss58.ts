import { createHash } from "node:crypto";
import { InvariantError } from "../../engine/index.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const DIGITS = new Map([...ALPHABET].map((letter, digit) => [letter, digit]));
const PUBLIC_KEY_BYTES = 32;
const CHECKSUM_BYTES = 2;
/** Longer than any address of a 32-byte key; keeps the quadratic decoder away from long garbage. */
const LONGEST = 64;

// The one reader and writer of addresses in the project: @polkadot/util-crypto has another, but loading it costs more than a short
// command takes, and it does not say why a text is no address. Tests hold the two together.

/** The network prefix of addresses on Bittensor (Substrate's generic one). */
export const BITTENSOR_PREFIX = 42;

export type Ss58Check = { readonly valid: true; readonly prefix: number } | { readonly valid: false; readonly reason: string };
/** A valid address taken apart: its network prefix and its 32-byte public key. */
export type Ss58Parts =
  | { readonly valid: true; readonly prefix: number; readonly key: Uint8Array }
  | { readonly valid: false; readonly reason: string };

function refused(reason: string): { readonly valid: false; readonly reason: string } {
  return { valid: false, reason };
}

/** Bytes of a base58 text, big-endian; each leading `1` is a zero byte. Undefined when a letter is not of the alphabet. */
function decodeBase58(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const letter of text) {
    let carry = DIGITS.get(letter);
    if (carry === undefined) return undefined;
    for (let i = 0; i < bytes.length; i++) {
      carry += bytes[i] * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  for (let i = 0; i < text.length && text[i] === "1"; i++) bytes.push(0);
  return Uint8Array.from(bytes.reverse());
}

/** The text of bytes in base58; each leading zero byte is a `1`. */
function encodeBase58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += digits[i] * 256;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  for (let i = 0; i < bytes.length && bytes[i] === 0; i++) digits.push(0);
  return digits
    .reverse()
    .map((digit) => ALPHABET[digit])
    .join("");
}

/**
 * Is the text the SS58 address of a 32-byte public key? Any network prefix is taken (42 is the one in use on Bittensor)
 * as long as the checksum is right: the first two bytes of BLAKE2b-512 over `SS58PRE`, prefix and key.
 * Source: Substrate's SS58 address format.
 */
export function checkSs58(text: string): Ss58Check {
  const read = readSs58(text);
  return read.valid ? { valid: true, prefix: read.prefix } : read;
}

/** The two bytes that end an address. */
function checksumOf(body: Uint8Array): Uint8Array {
  return createHash("blake2b512").update("SS58PRE").update(body).digest().subarray(0, CHECKSUM_BYTES);
}

/** The address of a 32-byte public key on Bittensor. */
export function encodeSs58(key: Uint8Array): string {
  if (key.length !== PUBLIC_KEY_BYTES) throw new InvariantError(`a key of ${key.length} bytes has no address`);
  const body = Uint8Array.of(BITTENSOR_PREFIX, ...key);
  return encodeBase58(Uint8Array.of(...body, ...checksumOf(body)));
}

/** Prefix and key of an address; the same checks as `checkSs58`. */
export function readSs58(text: string): Ss58Parts {
  if (text.length === 0) return refused("it is empty");
  if (text.length > LONGEST) return refused("it is too long");
  const bytes = decodeBase58(text);
  if (bytes === undefined) return refused("it has letters that base58 does not use");
  const first = bytes[0];
  if (first === undefined || first >= 128) return refused("its network prefix is not one of SS58");
  // Prefixes from 64 on take two bytes: six low bits, then the rest, in the order of the SS58 format.
  const prefixBytes = first < 64 ? 1 : 2;
  if (bytes.length !== prefixBytes + PUBLIC_KEY_BYTES + CHECKSUM_BYTES) return refused("it does not hold a key of 32 bytes");
  const body = bytes.subarray(0, prefixBytes + PUBLIC_KEY_BYTES);
  const checksum = checksumOf(body);
  for (let i = 0; i < CHECKSUM_BYTES; i++) {
    if (checksum[i] !== bytes[body.length + i]) return refused("its checksum is wrong");
  }
  const second = bytes[1] ?? 0;
  const prefix = prefixBytes === 1 ? first : ((first & 63) << 2) | (second >> 6) | ((second & 63) << 8);
  return { valid: true, prefix, key: body.subarray(prefixBytes) };
}
