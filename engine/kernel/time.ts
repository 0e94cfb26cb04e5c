/** Time is Unix milliseconds (mechanisms 1). */
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
/** Where a stream gives no times, a block takes this long. */
export const BLOCK_MS = 12_000;
/** Instants are below this (the year 2109), so that amount * time can be summed exactly. */
export const TIME_LIMIT_MS = 4_398_046_511_104;
