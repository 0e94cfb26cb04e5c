/**
 * What a terminal obeys, reorders or draws as nothing: control characters (C0, DEL, C1), format characters (bidi overrides,
 * zero-width ones, tags), line and paragraph separators, halves of surrogate pairs, and what Unicode lets be ignored.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** `\x1b`, `\u202e`, `\u{e0001}`. */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex}` : `\\u{${hex}}`;
}

/** A value as it is shown to a person: on one line, with nothing in it that a terminal would not simply draw. */
export function legible(value: string): string {
  return value.replace(UNPRINTABLE, escaped);
}

/** A text of several lines: as `legible`, but its line ends stay. */
export function legibleLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === "\n" ? character : escaped(character)));
}

/** JSON text that says the same and holds nothing unprintable but the line ends between its fields. */
export function legibleJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) => {
    if (character === "\n") return character;
    return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
  });
}
