import { read, unverified } from '../fact';
import { nothingSaidOf, stopsOnSigterm } from './common-facts';
import { noSuchApi } from './no-such-api';
import type { RuntimeFacts } from './runtime';

const MAIN = 'triton-inference-server/server src/main.cc@e1db8a603';
const PARSER = 'triton-inference-server/server src/command_line_parser.h@e1db8a603';
const HTTP = 'triton-inference-server/server src/http_server.cc@e1db8a603';
const CHARTS = 'triton-inference-server/server deploy/k8s-onprem@e1db8a603';
const METRICS = 'triton-inference-server/server docs/user_guide/metrics.md@e1db8a603';
const IMAGE = 'triton-inference-server/server build.py@e1db8a603';

export const triton: RuntimeFacts = {
  id: 'triton',
  title: 'Triton Inference Server',
  kind: 'inference',
  stopSignal: stopsOnSigterm('Triton'),
  without: nothingSaidOf('Triton', 'drainEndpoint', 'gauges'),
  port: read(8000, `${PARSER}: HTTP 8000, gRPC 8001, metrics 8002`),
  portSetting: read({ flag: '--http-port', format: 'count' }, PARSER),
  bindAddress: read(
    { address: '0.0.0.0', setting: { flag: '--http-address', format: 'keyword' }, needed: '0.0.0.0' },
    PARSER,
  ),
  readinessPath: read('/v2/health/ready', CHARTS),
  livenessPath: read('/v2/health/live', CHARTS),
  whileLoading: unverified({ readiness: 'refused', liveness: 'refused' }, `${MAIN}: endpoints start after the models`),
  // The tag is the release of the container, such as 24.05, and not the version of the server.
  images: read([{ repository: 'nvcr.io/nvidia/tritonserver', tagIsVersion: false }], CHARTS),
  commands: read(['tritonserver'], CHARTS),
  tools: unverified(['sh', 'sleep', 'touch', 'rm', 'date'], `${IMAGE}: an Ubuntu base; nobody looked for curl`),
  pid1: read('tritonserver: /opt/nvidia/nvidia_entrypoint.sh ends in exec', IMAGE),
  sharedMemory: read(true, 'triton-inference-server/tutorials, LLM guides: --shm-size=2g'),
  coldStart: read('up to 5 min: the startup probe of the chart asks 30 times, every 10 s', CHARTS),
  writablePaths: unverified(['/tmp'], `${IMAGE}: model caches of the backends; nobody looked`),
  checkedVersion: read('2.73', MAIN),
  webSockets: noSuchApi('triton-inference-server/server docs/protocol@e1db8a603'),
  endlessStreams: read('waited-for', `${HTTP}: their connection counts, up to --exit-timeout-secs`),
  backgroundTasks: noSuchApi('triton-inference-server/server docs/protocol@e1db8a603'),
  versions: [
    {
      sigterm: {
        inFlight: read('drains', `${MAIN} StopEndpoints; ${HTTP} HTTPServer::Stop`),
        bound: read(
          { seconds: 30, setting: { flag: '--exit-timeout-secs', format: 'seconds' } } as const,
          `${PARSER} exit_timeout_secs_; one budget for HTTP, gRPC and the models, one after the other`,
        ),
        cutsStreams: read(false, `${HTTP} HTTPServer::Stop: waits while a connection is open`),
        exitSeconds: unverified(0, `${MAIN}: unloading the models counts against the same timeout`),
        newRequests: read('refused', `${HTTP} NewConnection: a new connection is reset`),
        readiness: read('refused', `${HTTP}: a probe opens a new connection, which is reset`),
      },
    },
  ],
  notes: [
    read(
      'The drain counts connections, not requests: one idle kept-alive client makes it last to the end of --exit-timeout-secs. The requests are not harmed; the pod stays longer.',
      `${HTTP} HTTPServer::Stop, conn_cnt_`,
    ),
    read('The default of 30 s is the default grace period: any preStop takes its time from the drain.', PARSER),
    read('On a connection that is open already requests are served during the drain, readiness included.', HTTP),
    read(
      'nv_inference_pending_request_count, on port 8002, counts what is queued and not what runs, so nothing waits for it.',
      METRICS,
    ),
    read('A second signal is ignored.', MAIN),
  ],
};
