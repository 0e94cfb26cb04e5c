/** What no shell gives a meaning to, wherever it stands in a word after the first place. */
const BARE = /^[\w@%+:,./-][\w@%+=:,./-]*$/;
/** Control, format, private and unassigned characters, separators other than the space, and what is drawn as nothing. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * A word as it must be typed for a program to get just this one, in bash, zsh and ksh. It can be read on a terminal as it
 * stands: bytes that are not seen are written as `\x1b`.
 *
 * @param word has no NUL and no half surrogate pair: no program can be given those
 */
export function shellWord(word: string): string {
  if (BARE.test(word)) return word;
  if (!UNSEEN.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const letters = [...word].map((letter) => {
    if (letter === "'" || letter === "\\") return `\\${letter}`;
    return UNSEEN.test(letter)
      ? [...new TextEncoder().encode(letter)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")
      : letter;
  });
  return `$'${letters.join("")}'`;
}
