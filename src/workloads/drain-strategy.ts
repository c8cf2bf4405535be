/** How requests in flight are let finish. */
export enum DrainStrategy {
  /** The server finishes them after SIGTERM. Where it has a switch and a bound for that, they are set. */
  DRAIN_ON_SIGTERM = 'drain-on-sigterm',
  /** preStop waits until the server's in-flight gauges are zero, at most as long as the longest request, before SIGTERM. */
  WAIT_UNTIL_IDLE = 'wait-until-idle',
  /** preStop waits as long as the longest request, whatever the server is doing, before SIGTERM. */
  HOLD_FOR_LONGEST_REQUEST = 'hold-for-longest-request',
}
