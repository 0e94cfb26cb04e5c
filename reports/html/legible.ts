/**
 * What a page would obey, reorder or draw as nothing: control and format characters (bidi overrides, zero-width ones, tags), line
 * and paragraph separators, halves of surrogate pairs, and what Unicode lets be ignored.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A text as a page shows it: what cannot be seen as `\x1b` or `\u{202e}`; line ends stay. */
export function legible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === "\n") return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}
