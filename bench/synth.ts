/**
 * What the constructs cost at synth, as a ratio to plain cdk8s-plus-27 constructs with the same fields, in one process and in
 * turns: 1,000 workloads of each construct in one chart, and 500 charts with one workload each.
 *
 *     npm run bench:synth
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Duration, Size } from 'cdk8s';
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
  readonly annotations: Record<string, string>;
  readonly container: Partial<kplus.ContainerProps>;
  readonly volumes: (chart: Chart, id: string) => kplus.VolumeMount[];
}

/** What a careful team writes by hand: the same fields, as far as cdk8s-plus-27 has words for them. */
function plain(chart: Chart, id: string, options: PlainOptions): void {
  const seconds = (n: number) => Duration.seconds(n);
  const deployment = new kplus.Deployment(chart, id, {
    metadata: { annotations: options.annotations },
    replicas: options.replicas,
    minReady: seconds(0),
    progressDeadline: seconds(601),
    terminationGracePeriod: seconds(options.graceSeconds),
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.percent(25),
      maxUnavailable: kplus.PercentOrAbsolute.absolute(1),
    }),
    containers: [
      {
        name: 'main',
        image: options.image,
        imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
        ports: [{ number: options.port }],
        resources: {},
        startup: kplus.Probe.fromHttpGet('/health', {
          port: options.port,
          periodSeconds: seconds(5),
          timeoutSeconds: seconds(5),
          failureThreshold: 48,
        }),
        liveness: kplus.Probe.fromHttpGet('/health', {
          port: options.port,
          periodSeconds: seconds(10),
          timeoutSeconds: seconds(5),
          failureThreshold: 6,
        }),
        volumeMounts: options.volumes(chart, id),
        ...options.container,
      },
    ],
  });
  new kplus.Service(chart, `${id}-service`, {
    selector: deployment,
    ports: [{ port: options.port, targetPort: options.port }],
  });
  new kplus.k8s.KubePodDisruptionBudget(chart, `${id}-pdb`, {
    spec: {
      maxUnavailable: kplus.k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: deployment.matchLabels },
    },
  });
}

const plainWeb: Add = (chart, id) =>
  plain(chart, id, {
    image: 'registry.example.com/orders:1.8.2',
    port: 8080,
    replicas: 3,
    graceSeconds: 40,
    annotations: {
      'team/longest-request': '30s',
      'team/runtime': 'spring-boot',
      'team/runtime-version': '3.5.0',
      'team/cold-start': '60s',
    },
    container: {
      envVariables: {
        MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: kplus.EnvValue.fromValue('true'),
        SERVER_SHUTDOWN: kplus.EnvValue.fromValue('graceful'),
        SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: kplus.EnvValue.fromValue('30s'),
      },
      readiness: kplus.Probe.fromHttpGet('/ready', {
        port: 8080,
        periodSeconds: Duration.seconds(5),
        timeoutSeconds: Duration.seconds(1),
      }),
      lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
      securityContext: { user: 10001, ensureNonRoot: true, readOnlyRootFilesystem: true },
    },
    volumes: (chart, id) => [{ path: '/tmp', volume: kplus.Volume.fromEmptyDir(chart, `${id}-tmp`, 'tmp') }],
  });

const script = '# a preStop script as long as the one that waits until idle\n'.repeat(30);

const plainInference: Add = (chart, id) =>
  plain(chart, id, {
    image: 'vllm/vllm-openai:v0.32.0',
    port: 8000,
    replicas: 4,
    graceSeconds: 160,
    annotations: { 'team/longest-request': '150s', 'team/runtime': 'vllm', 'team/cold-start': '240s' },
    container: {
      command: ['vllm', 'serve', 'meta-llama/Llama-3.1-8B-Instruct', '--host', '0.0.0.0'],
      args: ['--port', '8000'],
      readiness: kplus.Probe.fromCommand(
        ['/bin/sh', '-c', 'test ! -e /run/drain/draining && exec curl -fsS http://127.0.0.1:8000/health'],
        {
          periodSeconds: Duration.seconds(5),
          timeoutSeconds: Duration.seconds(5),
        },
      ),
      lifecycle: {
        preStop: kplus.Handler.fromCommand([
          '/bin/sh',
          '-c',
          script,
          'drain',
          '5',
          '150',
          'http://127.0.0.1:8000/metrics',
        ]),
        postStart: kplus.Handler.fromCommand(['rm', '-f', '/run/drain/draining']),
      },
      securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
    },
    volumes: (chart, id) => [
      { path: '/run/drain', volume: kplus.Volume.fromEmptyDir(chart, `${id}-drain`, 'drain') },
      {
        path: '/dev/shm',
        volume: kplus.Volume.fromEmptyDir(chart, `${id}-shm`, 'shm', {
          medium: kplus.EmptyDirMedium.MEMORY,
          sizeLimit: Size.gibibytes(2),
        }),
      },
    ],
  });

function synthSeconds(add: Add, charts: number, workloadsPerChart: number): number {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const start = process.hrtime.bigint();
  const app = new App({ outdir });
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: 'bench' });
    for (let w = 0; w < workloadsPerChart; w++) add(chart, charts === 1 ? `workload-${w}` : 'workload');
  }
  app.synth();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  fs.rmSync(outdir, { recursive: true });
  return seconds;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

function compare(name: string, ours: Add, theirs: Add, charts: number, perChart: number, most: number): void {
  const ratios: number[] = [];
  const seconds: [number, number][] = [];
  synthSeconds(ours, Math.min(charts, 20), Math.min(perChart, 50));
  synthSeconds(theirs, Math.min(charts, 20), Math.min(perChart, 50));
  for (let round = 0; round < 5; round++) {
    const a = synthSeconds(ours, charts, perChart);
    const b = synthSeconds(theirs, charts, perChart);
    ratios.push(a / b);
    seconds.push([a, b]);
  }
  const ratio = median(ratios);
  const [ourSeconds, theirSeconds] = [median(seconds.map(([a]) => a)), median(seconds.map(([, b]) => b))];
  console.log(
    `${name.padEnd(44)} ${ourSeconds.toFixed(2)} s against ${theirSeconds.toFixed(2)} s, ratio ${ratio.toFixed(2)} (wanted: at most ${most.toFixed(2)})`,
  );
}

compare('GracefulWebService, 1,000 in 1 chart', gracefulWeb, plainWeb, 1, 1000, 1.15);
compare('GracefulInferenceDeployment, 1,000 in 1 chart', gracefulInference, plainInference, 1, 1000, 1.15);
compare('GracefulWebService, 500 charts', gracefulWeb, plainWeb, 500, 1, 1.2);
compare('GracefulInferenceDeployment, 500 charts', gracefulInference, plainInference, 500, 1, 1.2);
