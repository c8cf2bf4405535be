/** For people: `15 s`, `2.5 s`. Three decimals at most, so that no rounding noise of sums shows. */
export function secondsText(seconds: number): string {
  return `${Number.isInteger(seconds) ? seconds : Number(seconds.toFixed(3))} s`;
}

export function requireSeconds(name: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`${name} is ${value}; it must be a finite number of seconds, zero or more`);
  }
}
