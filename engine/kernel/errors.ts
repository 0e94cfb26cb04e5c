import { instantText } from "./time.js";

/** Where a refusal happened: a file position, or an event of a stream. Only what is known is set. */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Dotted path inside the file, e.g. `vesting.retention_target`. */
  readonly path?: string;
  readonly stream?: string;
  /** 0-based row in the stream; messages count from 1. */
  readonly row?: number;
  readonly block?: number;
  readonly extrinsic?: number;
  readonly event?: number;
  readonly timeMs?: number;
}

/** Why something was refused, in parts: what is wrong, where, what was found, what is allowed, what to do. */
export interface Refusal {
  /** Stable code, e.g. `TEN-LEDGER-003`. Never reused for another meaning. */
  readonly code: string;
  /** One sentence: what is wrong. */
  readonly what: string;
  readonly place?: Place;
  /** The value found. */
  readonly found?: unknown;
  /** The values allowed, in words. */
  readonly allowed?: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** `file:line:column`, or `stream s, row n, block b, event e, <ISO time>`; empty when nothing is known. */
export function formatPlace(place: Place | undefined): string {
  if (place === undefined) return "";
  const parts: string[] = [];
  if (place.file !== undefined) {
    let at = place.file;
    if (place.line !== undefined) at += `:${place.line}`;
    if (place.line !== undefined && place.column !== undefined) at += `:${place.column}`;
    parts.push(at);
  }
  if (place.path !== undefined && place.path !== "") parts.push(place.path);
  if (place.stream !== undefined) parts.push(`stream ${place.stream}`);
  if (place.row !== undefined) parts.push(`row ${place.row + 1}`);
  if (place.block !== undefined && place.block >= 0) parts.push(`block ${place.block}`);
  if (place.extrinsic !== undefined && place.extrinsic >= 0) parts.push(`extrinsic ${place.extrinsic}`);
  if (place.event !== undefined && place.event >= 0) parts.push(`event ${place.event}`);
  if (place.timeMs !== undefined) parts.push(instantText(place.timeMs));
  return parts.join(", ");
}

/** The value as it is shown to a person: short, quoted when it is text. */
export function formatFound(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}` : inner)) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** A refusal of bad input: it says what, where, the value found, what is allowed and what to do. */
export class TenureError extends Error implements Refusal {
  readonly code: string;
  readonly what: string;
  readonly place?: Place;
  readonly found?: unknown;
  readonly allowed?: string;
  readonly hint?: string;

  constructor(refusal: Refusal) {
    const place = formatPlace(refusal.place);
    super(
      `${refusal.code}: ${place === "" ? "" : `${place}: `}${refusal.what}` +
        (refusal.found === undefined ? "" : ` Found ${formatFound(refusal.found)}.`) +
        (refusal.allowed === undefined ? "" : ` Allowed: ${refusal.allowed}.`) +
        (refusal.hint === undefined ? "" : ` ${refusal.hint}`),
    );
    this.name = "TenureError";
    this.code = refusal.code;
    this.what = refusal.what;
    if (refusal.place !== undefined) this.place = refusal.place;
    if (refusal.found !== undefined) this.found = refusal.found;
    if (refusal.allowed !== undefined) this.allowed = refusal.allowed;
    if (refusal.hint !== undefined) this.hint = refusal.hint;
  }
}

/** A broken promise inside the program itself (exit code 70), never the user's fault. */
export class InvariantError extends Error {
  constructor(what: string) {
    super(`TEN-BUG: ${what}`);
    this.name = "InvariantError";
  }
}
