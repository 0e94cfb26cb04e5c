/** What the system's codes say, for a person. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
  EEXIST: "something of this name is there already",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the disk can only be read",
  ENAMETOOLONG: "the name is too long",
  ENOTEMPTY: "the folder is not empty",
  EBUSY: "another program uses it",
  ETXTBSY: "another program uses it",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EIO: "the disk failed",
  ELOOP: "its links lead in a circle",
  EXDEV: "it lies on two disks",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  ENOTFILE: "not a file that can be read: a pipe, a device or a socket",
  ETOOLARGE: "larger than any such file is",
  EFBIG: "the file is too large",
  ERR_INVALID_ARG_VALUE: "its name holds a NUL character",
};

/** `ENOENT` and its like; undefined for what is no failure of the file system. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  // A name that the system cannot even be asked about is Node's own refusal.
  if (error.code === "ERR_INVALID_ARG_VALUE" && error.message.includes("null bytes")) return error.code;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** A code of the system, as `ENOENT`, in words; a rare one as it is. */
export function systemWords(code: string): string {
  return WORDS[code] ?? `the system says ${code}`;
}
