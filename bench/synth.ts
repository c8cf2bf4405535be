/**
 * What the constructs cost at synth, as a ratio to plain cdk8s-plus-27 constructs with the same fields, in one process and in
 * turns: 1,000 workloads of each construct in one chart, and 500 charts with one workload each. Counted is the CPU time of
 * the main thread, which is the time that passes where nothing else runs; the ratio is the median of those of all rounds.
 *
 *     npm run bench:synth
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import {
  Accelerator,
  GracefulInferenceDeployment,
  GracefulWebService,
  InferenceEngine,
  WebRuntime,
} from 'cdk8s-graceful';
import * as kplus from 'cdk8s-plus-27';

type Add = (chart: Chart, id: string) => void;

const gracefulWeb: Add = (chart, id) => {
  new GracefulWebService(chart, id, {
    image: 'registry.example.com/orders:1.8.2',
    runtime: WebRuntime.springBoot({ version: '3.5.0' }),
    longestRequest: Duration.seconds(30),
    coldStart: Duration.seconds(60),
    replicas: 3,
  });
};

const gracefulInference: Add = (chart, id) => {
  new GracefulInferenceDeployment(chart, id, {
    image: 'vllm/vllm-openai:v0.32.0',
    engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
    accelerator: Accelerator.nvidia(1),
    longestRequest: Duration.seconds(150),
    coldStart: Duration.seconds(240),
    replicas: 4,
  });
};

interface PlainOptions {
  readonly image: string;
  readonly port: number;
  readonly replicas: number;
  readonly graceSeconds: number;
  readonly maxSurge: kplus.PercentOrAbsolute;
  readonly maxUnavailable: kplus.PercentOrAbsolute;
  readonly annotations: Record<string, string>;
  readonly healthPath: string;
  readonly startupFailures: number;
  readonly container: Partial<kplus.ContainerProps>;
  readonly ensureNonRoot: boolean;
  readonly volumes: (chart: Chart, id: string) => kplus.VolumeMount[];
  readonly patches?: readonly JsonPatch[];
}

const seconds = (n: number) => Duration.seconds(n);

/**
 * What a careful team writes by hand: the same fields. Those that cdk8s-plus-27 has no words for are patched in, except for
 * the sleep action, which it drops from patches too: a command sleeps instead.
 */
function plain(chart: Chart, id: string, options: PlainOptions): kplus.Deployment {
  const { port, healthPath: path } = options;
  const deployment = new kplus.Deployment(chart, id, {
    metadata: { annotations: options.annotations },
    replicas: options.replicas,
    minReady: seconds(0),
    progressDeadline: seconds(600),
    terminationGracePeriod: seconds(options.graceSeconds),
    automountServiceAccountToken: false,
    securityContext: { ensureNonRoot: options.ensureNonRoot },
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: options.maxSurge,
      maxUnavailable: options.maxUnavailable,
    }),
    containers: [
      {
        name: 'main',
        image: options.image,
        imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
        ports: [{ number: port }],
        resources: {},
        startup: kplus.Probe.fromHttpGet(path, {
          port,
          periodSeconds: seconds(5),
          timeoutSeconds: seconds(5),
          failureThreshold: options.startupFailures,
        }),
        liveness: kplus.Probe.fromHttpGet(path, {
          port,
          periodSeconds: seconds(10),
          timeoutSeconds: seconds(5),
          failureThreshold: 6,
        }),
        volumeMounts: options.volumes(chart, id),
        ...options.container,
      },
    ],
  });
  const pod = '/spec/template/spec';
  ApiObject.of(deployment).addJsonPatch(
    JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
    JsonPatch.add(`${pod}/containers/0/livenessProbe/terminationGracePeriodSeconds`, 10),
    JsonPatch.add(`${pod}/containers/0/startupProbe/terminationGracePeriodSeconds`, 10),
    ...(options.patches ?? []),
  );
  new kplus.Service(chart, `${id}-service`, {
    selector: deployment,
    ports: [{ port, targetPort: port }],
  });
  new kplus.k8s.KubePodDisruptionBudget(chart, `${id}-pdb`, {
    spec: {
      maxUnavailable: kplus.k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: deployment.matchLabels },
    },
  });
  return deployment;
}

const plainWeb: Add = (chart, id) => {
  plain(chart, id, {
    image: 'registry.example.com/orders:1.8.2',
    port: 8080,
    replicas: 3,
    graceSeconds: 40,
    maxSurge: kplus.PercentOrAbsolute.percent(25),
    maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
    annotations: {
      'team.example/longest-request': '30s',
      'team.example/runtime': 'spring-boot',
      'team.example/runtime-version': '3.5.0',
      'team.example/cold-start': '60s',
    },
    healthPath: '/actuator/health/liveness',
    startupFailures: 12,
    container: {
      envVariables: {
        MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: kplus.EnvValue.fromValue('true'),
        SERVER_SHUTDOWN: kplus.EnvValue.fromValue('graceful'),
        SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: kplus.EnvValue.fromValue('30s'),
      },
      readiness: kplus.Probe.fromHttpGet('/actuator/health/readiness', {
        port: 8080,
        periodSeconds: seconds(5),
        timeoutSeconds: seconds(1),
        failureThreshold: 3,
      }),
      lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
      securityContext: {
        user: 10001,
        ensureNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL' as kplus.Capability] },
      },
    },
    ensureNonRoot: true,
    volumes: (chart, id) => [
      { path: '/tmp', volume: kplus.Volume.fromEmptyDir(chart, `${id}-writable-tmp`, 'writable-tmp') },
    ],
  });
};

/** The commands that the construct writes, word for word: the scripts are long. */
const { preStop, postStart, readiness } = commandsOf(gracefulInference);

function commandsOf(add: Add): Record<'preStop' | 'postStart' | 'readiness', string[]> {
  const chart = Testing.chart();
  add(chart, 'commands');
  const [deployment] = Testing.synth(chart);
  const { lifecycle, readinessProbe } = deployment.spec.template.spec.containers[0];
  return {
    preStop: lifecycle.preStop.exec.command,
    postStart: lifecycle.postStart.exec.command,
    readiness: readinessProbe.exec.command,
  };
}

const plainInference: Add = (chart, id) => {
  const deployment = plain(chart, id, {
    image: 'vllm/vllm-openai:v0.32.0',
    port: 8000,
    replicas: 4,
    graceSeconds: 160,
    maxSurge: kplus.PercentOrAbsolute.absolute(0),
    maxUnavailable: kplus.PercentOrAbsolute.absolute(1),
    annotations: {
      'team.example/longest-request': '150s',
      'team.example/runtime': 'vllm',
      'team.example/cold-start': '240s',
    },
    healthPath: '/health',
    startupFailures: 48,
    container: {
      command: ['vllm', 'serve', 'meta-llama/Llama-3.1-8B-Instruct', '--host', '0.0.0.0'],
      args: ['--port', '8000'],
      readiness: kplus.Probe.fromCommand(readiness, {
        periodSeconds: seconds(5),
        timeoutSeconds: seconds(5),
        failureThreshold: 3,
      }),
      lifecycle: { preStop: kplus.Handler.fromCommand(preStop), postStart: kplus.Handler.fromCommand(postStart) },
      securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
    },
    ensureNonRoot: false,
    volumes: (chart, id) => [
      {
        path: '/var/run/cdk8s-graceful',
        volume: kplus.Volume.fromEmptyDir(chart, `${id}-drain-marker`, 'drain-marker'),
      },
      {
        path: '/dev/shm',
        volume: kplus.Volume.fromEmptyDir(chart, `${id}-shared-memory`, 'shared-memory', {
          medium: kplus.EmptyDirMedium.MEMORY,
          sizeLimit: Size.gibibytes(2),
        }),
      },
    ],
    patches: [
      JsonPatch.add('/spec/template/spec/containers/0/resources', {
        limits: { 'nvidia.com/gpu': kplus.k8s.Quantity.fromNumber(1) },
      }),
    ],
  });
  deployment.scheduling.tolerate(
    kplus.Node.tainted(kplus.NodeTaintQuery.exists('nvidia.com/gpu', { effect: kplus.TaintEffect.NO_SCHEDULE })),
  );
};

/** CPU time of this thread, which only Linux tells; elsewhere the time that passes. */
function threadSeconds(): number {
  const file = '/proc/thread-self/schedstat';
  if (!fs.existsSync(file)) return Number(process.hrtime.bigint()) / 1e9;
  return Number(fs.readFileSync(file, 'utf8').split(' ')[0]) / 1e9;
}

/** Garbage of one round must not be collected in the next. */
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function synthSeconds(add: Add, charts: number, workloadsPerChart: number): number {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  collectGarbage();
  const start = threadSeconds();
  const app = new App({ outdir });
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: 'bench' });
    for (let w = 0; w < workloadsPerChart; w++) add(chart, charts === 1 ? `workload-${w}` : 'workload');
  }
  app.synth();
  const taken = threadSeconds() - start;
  fs.rmSync(outdir, { recursive: true });
  return taken;
}

function bytesOfOne(add: Add): number {
  const app = new App();
  add(new Chart(app, 'chart-0', { namespace: 'bench' }), 'workload-0');
  return app.synthYaml().length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

const WARM_UP_ROUNDS = 2;
const ROUNDS = 9;

function compare(name: string, ours: Add, theirs: Add, charts: number, perChart: number, most: number): void {
  const rounds: { readonly us: number; readonly them: number }[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const oursFirst = round % 2 === 0;
    const first = synthSeconds(oursFirst ? ours : theirs, charts, perChart);
    const second = synthSeconds(oursFirst ? theirs : ours, charts, perChart);
    rounds.push(oursFirst ? { us: first, them: second } : { us: second, them: first });
  }
  const counted = rounds.slice(WARM_UP_ROUNDS);
  const ratios = counted.map(({ us, them }) => us / them);
  const times = `${median(counted.map(({ us }) => us)).toFixed(2)} s against ${median(counted.map(({ them }) => them)).toFixed(2)} s of CPU`;
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(
    `${name.padEnd(46)} ${times}, ratio ${median(ratios).toFixed(2)} (${range}; wanted: at most ${most.toFixed(2)})`,
  );
}

console.log(
  `YAML of one workload: web ${bytesOfOne(gracefulWeb)} bytes against ${bytesOfOne(plainWeb)}, inference ${bytesOfOne(gracefulInference)} against ${bytesOfOne(plainInference)}`,
);
compare('GracefulWebService, 1,000 in 1 chart', gracefulWeb, plainWeb, 1, 1000, 1.15);
compare('GracefulInferenceDeployment, 1,000 in 1 chart', gracefulInference, plainInference, 1, 1000, 1.15);
compare('GracefulWebService, 500 charts', gracefulWeb, plainWeb, 500, 1, 1.2);
compare('GracefulInferenceDeployment, 500 charts', gracefulInference, plainInference, 500, 1, 1.2);
