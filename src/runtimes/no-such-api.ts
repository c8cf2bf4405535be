import { type Fact, unverified } from '../fact';

/** For an engine whose documentation names no WebSocket, or no work that outlives its request. */
export function noSuchApi(documentation: string): Fact<'unknown'> {
  return unverified('unknown', `${documentation}: no API of that kind; nobody tried`);
}
