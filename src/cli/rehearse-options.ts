import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../problem';
import type { LoadRequest } from '../rehearsal/load/load';
import { DISTURBANCES, type DisturbanceName, type RehearsalOptions } from '../rehearsal/options';
import { understood } from './options';

export interface RehearseCommand {
  readonly help: boolean;
  readonly clean: boolean;
  readonly dryRun: boolean;
  readonly format: 'text' | 'json';
  readonly options: RehearsalOptions;
}

const OPTIONS = {
  namespace: { type: 'string', short: 'n' },
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  disturbance: { type: 'string', multiple: true },
  'quiet-seconds': { type: 'string' },
  'settle-seconds': { type: 'string' },
  'no-load': { type: 'boolean' },
  request: { type: 'string', multiple: true },
  rate: { type: 'string' },
  clients: { type: 'string' },
  'timeout-seconds': { type: 'string' },
  service: { type: 'string' },
  port: { type: 'string' },
  image: { type: 'string' },
  'load-script': { type: 'string' },
  clean: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What is sent, and where to; how much has defaults that harm nobody. */
const LOAD_FLAGS = ['request', 'service', 'port'] as const;

const DEPLOYMENT = /^(?:deployments?|deploy)(?:\.apps)?\/(.+)$/;
const MOST_SECONDS = 3600;

export function parseRehearse(args: readonly string[]): RehearseCommand {
  const { values, positionals } = parsed(args);
  const deployments = positionals.filter((word) => DEPLOYMENT.test(word));
  const files = positionals.filter((word) => !DEPLOYMENT.test(word));
  const { help = false, clean = false, format = 'text' } = values;
  if (format !== 'text' && format !== 'json') throw new Problem(`--format is ${format}: it can be text or json`);
  if (!help) {
    if (clean && positionals.length > 0) throw new Problem('--clean takes no deployment and no file');
    if (!clean && positionals.length === 0) throw new Problem('say what to rehearse: deployment/NAME, or files');
    if (deployments.length > 1) throw new Problem('one Deployment at a time');
  }
  const about = LOAD_FLAGS.filter((flag) => values[flag] !== undefined);
  if (values['no-load'] && about.length > 0)
    throw new Problem(`--no-load sends nothing, so --${about[0]} says nothing`);
  const named = (values.disturbance ?? []).flatMap((word) => word.split(','));
  return {
    help,
    clean,
    format,
    dryRun: values['dry-run'] ?? false,
    options: {
      files,
      deployment: deployments[0]?.replace(DEPLOYMENT, '$1'),
      namespace: values.namespace,
      context: values.context,
      kubeconfig: values.kubeconfig,
      yes: values.yes ?? false,
      disturbances: named.length > 0 ? named.map(disturbanceName) : DISTURBANCES,
      disturbancesNamed: named.length > 0,
      noLoad: values['no-load'] ?? false,
      loadNamed: about.length > 0,
      service: values.service,
      port: values.port === undefined ? undefined : count('port', values.port, 1, 65535),
      requests: (values.request ?? ['/']).map(loadRequest),
      requestsPerSecond: number('rate', values.rate ?? '20', 0.1, 1000),
      keepAliveClients: count('clients', values.clients ?? '10', 1, 1000),
      timeoutSeconds:
        values['timeout-seconds'] === undefined
          ? undefined
          : number('timeout-seconds', values['timeout-seconds'], 0.1, MOST_SECONDS),
      image: values.image ?? 'docker.io/library/node:22-slim',
      loadScript: values['load-script'] ?? join(__dirname, '..', 'rehearsal', 'load', 'load.js'),
      quietSeconds: number('quiet-seconds', values['quiet-seconds'] ?? '5', 0, MOST_SECONDS),
      settleSeconds: number('settle-seconds', values['settle-seconds'] ?? '300', 1, MOST_SECONDS),
    },
  };
}

function parsed(args: readonly string[]) {
  return understood(() => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
}

function disturbanceName(word: string): DisturbanceName {
  const name = DISTURBANCES.find((each) => each === word);
  if (!name) throw new Problem(`there is no disturbance ${word}: it can be ${DISTURBANCES.join(', ')}`);
  return name;
}

function number(name: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most)) throw new Problem(`--${name} is ${text}: it can be ${least} to ${most}`);
  return value;
}

function count(name: string, text: string, least: number, most: number): number {
  const value = number(name, text, least, most);
  if (!Number.isInteger(value)) throw new Problem(`--${name} is ${text}: it has to be a whole number`);
  return value;
}

const REQUEST = /^(?:([A-Z]+) )?(\/\S*?)(?: (.*?))?(:stream(?:=(.+))?)?$/s;

/** As in `/`, `/events:stream`, or `POST /v1/completions {"stream":true}:stream=[DONE]`. */
export function loadRequest(text: string): LoadRequest {
  const [found, method, path, body, stream, endsWith] = REQUEST.exec(text) ?? [];
  if (found === undefined || path === undefined) {
    throw new Problem(
      `--request is ${text}: it has to be a path that begins with /, as in /, /events:stream, POST /x {}`,
    );
  }
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    path,
    body,
    stream: stream !== undefined,
    endsWith,
  };
}
