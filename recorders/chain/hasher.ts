/** How a map's key is hashed. Concat hashers keep the key itself at their end. */
export type Hasher = "Identity" | "Twox64Concat" | "Blake2_128Concat";
