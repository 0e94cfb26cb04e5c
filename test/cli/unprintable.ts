/** Written apart from the escaping under test: by code point, from the Unicode charts. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

const isUnprintable = (code: number) => RANGES.some(([from, to]) => from <= code && code <= to);

/** The code points of a text that no terminal may be given, in hexadecimal; line feeds are allowed. */
export function unprintablesIn(text: string): string[] {
  return [...text]
    .map((letter) => letter.codePointAt(0) ?? 0)
    .filter(isUnprintable)
    .map((code) => code.toString(16));
}

/** A text as a file or a program can hold it: halves of pairs replaced. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Texts that try what a terminal obeys, reorders or hides, one or more of each kind. */
export const HOSTILE = [
  "\x1b[2J\x1b[1;1Hgone",
  "\x1b[1mbold\x1b[22m",
  "\x1b]0;title\x07",
  "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
  "\x9b31mred",
  "\x9d0;title\x9c",
  "real\rfake",
  "abc\b\b\bxyz",
  "line\nTEN-FORGED  line",
  "del\x7f\x00nul",
  "tab\there",
  "\u202egnp.exe",
  "\u2066a\u2069\u200e\u200f\u061c",
  "a\u2028b\u2029c\x85d",
  "zero\u200b\u200c\u200d\u2060\ufeffwidth",
  "half\ud800pair\udc00",
  "tag\u{e0041}\u{e007f}",
  "soft\u00adhyphen",
] as const;
