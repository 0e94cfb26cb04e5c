/** More threads than any machine has cores; each takes memory. */
export const MOST_JOBS = 256;
