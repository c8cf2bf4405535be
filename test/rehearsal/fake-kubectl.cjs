#!/usr/bin/env node
// Stands in for kubectl and a cluster: objects are files of the folder FAKE_CLUSTER, and controllers take no time.
// FAKE_EXIT_CODE=137 is how every container ends; FAKE_EXIT_CODE=unseen: nobody sees it.
// FAKE_SIGNAL=SIGINT:7 sends the caller that signal with its seventh command.
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const HOME = process.env.FAKE_CLUSTER;
const args = process.argv.slice(2).filter((word) => !/^--(context|kubeconfig)=/.test(word));
fs.appendFileSync(path.join(HOME, 'log'), `${args.join(' ')}\n`);
const [signal, at] = (process.env.FAKE_SIGNAL ?? '').split(':');
const number = fs.readFileSync(path.join(HOME, 'log'), 'utf8').split('\n').length - 1;

const file = (kind, name) => path.join(HOME, `${kind.toLowerCase()}.${name}.json`);
const read = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));
const all = (kind) =>
  fs
    .readdirSync(HOME)
    .filter((name) => name.startsWith(`${kind.toLowerCase()}.`) && name.endsWith('.json'))
    .flatMap((name) => {
      try {
        return [read(path.join(HOME, name))];
      } catch {
        return []; // removed meanwhile
      }
    });
const write = (object) => {
  const to = file(object.kind, object.metadata.name);
  fs.writeFileSync(`${to}.new`, JSON.stringify(object));
  fs.renameSync(`${to}.new`, to);
};
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};
const print = (value) => process.stdout.write(`${JSON.stringify(value, null, 4)}\n`);
const flag = (...names) => {
  for (const [index, word] of args.entries()) {
    for (const name of names) {
      if (word === name) return args[index + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
    }
  }
  return undefined;
};
const plain = (kind) => kind.split('.')[0].toLowerCase().replace(/s$/, '');
const selected = (object, selector = '') =>
  selector
    .split(',')
    .filter(Boolean)
    .every((term) => {
      const [, key, not, value] = /^(.+?)(!?)=(.*)$/.exec(term);
      return (object.metadata.labels?.[key] === value) !== (not === '!');
    });

/** Pods of a template, all ready at once, and the slice of the Service. */
function reconcile(deployment) {
  const { name, generation } = deployment.metadata;
  const { replicas, template } = deployment.spec;
  let pods = all('pod').filter((pod) => pod.metadata.owner === name);
  for (const pod of pods) {
    if (pod.metadata.generation === generation && pods.indexOf(pod) < replicas) continue;
    fs.rmSync(file('pod', pod.metadata.name), { force: true });
  }
  pods = all('pod').filter((pod) => pod.metadata.owner === name);
  for (let index = pods.length; index < replicas; index++) {
    const pod = `${name}-${crypto.randomBytes(4).toString('hex')}`;
    const metadata = {
      name: pod,
      uid: pod,
      namespace: 'shop',
      labels: template.metadata.labels,
      owner: name,
      generation,
    };
    const creationTimestamp = new Date().toISOString();
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], startTime: creationTimestamp };
    status.conditions[0].lastTransitionTime = creationTimestamp;
    write({
      kind: 'Pod',
      metadata: { ...metadata, creationTimestamp },
      spec: { nodeName: `node-${1 + (index % 2)}` },
      status,
    });
  }
  const numbers = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas };
  write({ ...deployment, status: { observedGeneration: generation, ...numbers } });
  const endpoints = all('pod')
    .filter((pod) => pod.metadata.owner === name)
    .map((pod) => ({ targetRef: { uid: pod.metadata.uid }, conditions: { ready: true, terminating: false } }));
  write({ kind: 'EndpointSlice', metadata: { name }, endpoints });
}

function create(object) {
  if (fs.existsSync(file(object.kind, object.metadata.name))) {
    fail(`Error from server (AlreadyExists): ${object.kind.toLowerCase()} "${object.metadata.name}" already exists`);
  }
  object.metadata.namespace = 'shop';
  if (object.kind === 'Deployment') {
    object.metadata.generation = 1;
    write(object);
    return reconcile(object);
  }
  if (object.kind === 'Pod') {
    object.status = { phase: 'Running' };
    object.spec.nodeName = 'node-1';
  }
  return write(object);
}

function change(name, edit) {
  const deployment = read(file('deployment', name));
  edit(deployment);
  deployment.metadata.generation++;
  reconcile(deployment);
}

function removePod(name) {
  const { owner } = read(file('pod', name)).metadata;
  fs.rmSync(file('pod', name));
  if (owner) reconcile(read(file('deployment', owner)));
}

function remove(kinds, selector) {
  for (const kind of kinds.split(',').map(plain)) {
    for (const object of all(kind).filter((each) => selected(each, selector))) {
      fs.rmSync(file(kind, object.metadata.name), { force: true });
      if (kind !== 'deployment') continue;
      for (const pod of all('pod').filter((each) => each.metadata.owner === object.metadata.name)) {
        fs.rmSync(file('pod', pod.metadata.name), { force: true });
      }
      fs.rmSync(file('endpointslice', object.metadata.name), { force: true });
    }
  }
}

/** Prints every change of the objects of one kind, for ever. */
function watch(kind, selector) {
  const known = new Map();
  setInterval(() => {
    const now = new Map(all(kind).map((object) => [object.metadata.name, object]));
    for (const [name, object] of now) {
      if (kind === 'pod' && !selected(object, selector)) continue;
      const text = JSON.stringify(object);
      if (known.get(name) === text) continue;
      print({ type: known.has(name) ? 'MODIFIED' : 'ADDED', object });
      known.set(name, text);
    }
    for (const [name, text] of known) {
      if (now.has(name)) continue;
      known.delete(name);
      const object = JSON.parse(text);
      object.metadata.deletionTimestamp = new Date().toISOString();
      end(object);
      print({ type: 'DELETED', object });
    }
  }, 20);
}

function end(pod) {
  const code = process.env.FAKE_EXIT_CODE ?? '0';
  if (pod.kind !== 'Pod' || code === 'unseen') return;
  const terminated = { exitCode: Number(code), finishedAt: pod.metadata.deletionTimestamp };
  pod.metadata.deletionGracePeriodSeconds = 0;
  pod.status.containerStatuses = [{ name: 'main', state: { terminated } }];
}

function logs() {
  const lost = Number(process.env.FAKE_LOST ?? 0);
  let n = 0;
  const line = (rest) => process.stdout.write(`${JSON.stringify({ n: n++, now: Date.now(), ...rest })}\n`);
  line({ type: 'start' });
  const start = Date.now();
  setInterval(() => {
    if (n > 5 && n <= 5 + lost && Date.now() > start) {
      const failure = {
        kind: 'refused',
        client: 'new',
        reused: false,
        request: 'GET /',
        bytes: 0,
        detail: 'ECONNREFUSED',
      };
      line({ type: 'failure', ...failure, sentAt: Date.now() - 5, endedAt: Date.now() });
    }
    line({
      type: 'second',
      sent: 5,
      sentKeptAlive: 2,
      ok: 5,
      lost: 0,
      inFlight: 0,
      slowestMilliseconds: 3,
      lateMilliseconds: 0,
    });
  }, 50);
}

function input() {
  return JSON.parse(fs.readFileSync(0, 'utf8'));
}

function main() {
  const [verb, what = '', name = ''] = args;
  const selector = flag('-l');
  if (verb === 'config') return process.stdout.write(what === 'view' ? 'shop' : 'kind-test\n');
  if (verb === 'logs') return logs();
  if (verb === 'get') {
    if (args.includes('--watch')) return watch(plain(what), selector);
    if (name && !name.startsWith('-')) {
      if (!fs.existsSync(file(plain(what), name))) fail(`Error from server (NotFound): ${what} "${name}" not found`);
      return print(read(file(plain(what), name)));
    }
    return print({
      kind: 'List',
      items: what
        .split(',')
        .flatMap((kind) => all(plain(kind)))
        .filter((each) => selected(each, selector)),
    });
  }
  if (verb === 'create') {
    if (args.includes('--raw')) return removePod(/pods\/(.+)\/eviction/.exec(args.join(' '))[1]);
    if (args.includes('--dry-run=client')) {
      for (const [index, word] of args.entries()) {
        if (word !== '-f') continue;
        for (const object of read(args[index + 1]).items) {
          object.metadata.namespace = object.kind === 'Namespace' ? undefined : 'shop';
          print(object);
        }
      }
      return undefined;
    }
    const object = input();
    return (object.kind === 'List' ? object.items : [object]).forEach(create);
  }
  if (verb === 'patch') {
    const object = read(file(what, name));
    return write({ ...object, data: { ...object.data, ...JSON.parse(flag('-p')).data } });
  }
  if (verb === 'delete') return name.startsWith('-') ? remove(what, selector) : removePod(name);
  if (verb === 'rollout') return change(name.split('/')[1], () => {});
  if (verb === 'scale') {
    const to = what.split('/')[1];
    const current = read(file('deployment', to)).spec.replicas;
    if (current !== Number(flag('--current-replicas'))) fail(`error: Expected replicas to be other, was ${current}`);
    return change(to, (deployment) => {
      deployment.spec.replicas = Number(flag('--replicas'));
    });
  }
  const node = read(file('node', what));
  node.spec = { unschedulable: verb === 'drain' };
  write(node);
  if (verb === 'drain')
    for (const pod of all('pod')) if (pod.spec.nodeName === what && pod.metadata.owner) removePod(pod.metadata.name);
  return undefined;
}

main();
if (number >= Number(at) && once()) process.kill(process.ppid, signal);

/** Commands that run at the same time may count alike. */
function once() {
  try {
    fs.writeFileSync(path.join(HOME, 'signalled'), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
