import type { LoadRequest } from './load/load';

export const DISTURBANCES = ['rollout', 'eviction', 'drain', 'scale-down', 'delete', 'storm'] as const;
export type DisturbanceName = (typeof DISTURBANCES)[number];

export interface RehearsalOptions {
  readonly files: readonly string[];
  /** With files: which of their Deployments. */
  readonly deployment?: string;
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly yes: boolean;
  /** In turn. */
  readonly disturbances: readonly DisturbanceName[];
  /** They were asked for by name: one that cannot be done is then not passed over. */
  readonly disturbancesNamed: boolean;
  /** Send nothing, only look at how the pods end. */
  readonly noLoad: boolean;
  /** It was said what to send, or where to: without a Service that is a mistake. */
  readonly loadNamed: boolean;
  readonly service?: string;
  readonly port?: number;
  readonly requests: readonly LoadRequest[];
  readonly requestsPerSecond: number;
  readonly keepAliveClients: number;
  /** Absent: the longest request that the workload states and 5 s, otherwise 10 s. */
  readonly timeoutSeconds?: number;
  readonly image: string;
  readonly loadScript: string;
  /** How long nothing may be lost before a disturbance, and after it. */
  readonly quietSeconds: number;
  /** How long a disturbance may take until the workload is whole again. */
  readonly settleSeconds: number;
}
