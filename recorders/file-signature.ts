/** How formats begin that the name of a file may hide. */
const SIGNATURES: readonly (readonly [string, Buffer])[] = [
  ["an Arrow file", Buffer.from("ARROW1")],
  ["a Parquet file", Buffer.from("PAR1")],
  ["an encrypted Parquet file", Buffer.from("PARE")],
  ["a Feather file of the first version", Buffer.from("FEA1")],
  ["a packed file (gzip)", Buffer.of(0x1f, 0x8b)],
  ["a packed file (Zstandard)", Buffer.of(0x28, 0xb5, 0x2f, 0xfd)],
  ["a packed file (zip)", Buffer.from("PK\x03\x04", "latin1")],
];

/** What a file is by its first bytes, with its article; undefined for none of the formats that people send tables in. */
export function signedFormat(start: Buffer): string | undefined {
  return SIGNATURES.find(([, bytes]) => start.subarray(0, bytes.length).equals(bytes))?.[0];
}
