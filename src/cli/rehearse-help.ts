import { DISTURBANCES } from '../rehearsal/options';

export const REHEARSE_HELP = `Usage: cdk8s-graceful rehearse [options] deployment/NAME
       cdk8s-graceful rehearse [options] FILE... [deployment/NAME]
       cdk8s-graceful rehearse --clean [options]

Puts load on a Deployment through its Service, sends its pods away in every way pods go, and reports which requests
were lost, or which containers killed, and how the termination differs from its computed budget. It needs kubectl on the PATH (or in KUBECTL).

What FILEs hold is created for the rehearsal and removed afterwards. A Deployment that is there already is restarted,
evicted from, scaled down by one and back, and otherwise left as it is. Everything made carries the label
app.kubernetes.io/managed-by=cdk8s-graceful-rehearsal and is removed at the end, after Ctrl-C as well; what a killed
rehearsal left is removed by the next one, or by --clean.

Where:
  -n, --namespace NAMESPACE   default: the namespace of the context
      --context CONTEXT       the context of the kubeconfig, as kubectl takes it
      --kubeconfig FILE       the kubeconfig, as kubectl takes it
  -y, --yes                   the current context is meant; without it, --context is needed
      --dry-run               show every step, and take none

What is done to it:
      --disturbance NAME      ${DISTURBANCES.join(', ')}; several times; default: all, in this order
      --quiet-seconds N       nothing may be lost for so long before and after each (default 5), nor be in flight for so
                              much longer than the slowest whole answer
      --settle-seconds N      how long the workload may take to be whole again (default 300)

Load:
      --request REQUEST       [METHOD ]PATH[ BODY][:stream[=LAST WORDS]]; several times, in turn (default /)
      --rate N                requests a second, whatever becomes of them (default 20)
      --clients N             clients that keep their connection alive; they send half of the requests (default 10)
      --timeout-seconds N     default: the stated longest request and 5 s, otherwise 10 s
      --service NAME          the Service, where several select the pods
      --port N                its port (default: the first)
      --no-load               send nothing: containers that SIGKILL ends are the loss. So it is where no Service selects
                              the pods, as with a worker
      --image IMAGE           an image with node (default docker.io/library/node:22-slim)
      --load-script FILE      another load generator, see docs/rehearse.md

Result:
      --format text|json      default text
      --clean                 only remove what rehearsals left, in -n NAMESPACE or everywhere
  -h, --help

Exit code: 0 nothing was lost; 1 requests were lost, or containers killed without load, or the rehearsal is inconclusive;
2 the command or the cluster has to be put right first; 130 and 143 interrupted by SIGINT, SIGTERM.

Examples:
  cdk8s-graceful rehearse --context kind-kind -n shop deployment/orders
  cdk8s-graceful rehearse --context staging dist/orders.k8s.yaml --request /api/orders --request '/events:stream'
  cdk8s-graceful rehearse --yes -n inference deployment/llama --disturbance rollout --rate 2 \\
    --request 'POST /v1/completions {"model":"llama","prompt":"Hi","stream":true}:stream=[DONE]'
  cdk8s-graceful rehearse --yes --clean
`;
