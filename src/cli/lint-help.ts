import { FORMATS, THRESHOLDS } from './lint-options';
import { STATED_HELP } from './stated-options';

export const LINT_HELP = `Usage: cdk8s-graceful lint [options] PATH...
       cdk8s-graceful lint [options] -

Judges Kubernetes manifests by what happens when a pod goes away: which requests are lost, which rollout or node drain
hangs, with the sum that shows it. PATH is a file or a folder, with all *.yaml, *.yml and *.json below it (node_modules
and .git are left out); - is standard input. Everything that is read is judged together: a Service or a
PodDisruptionBudget counts wherever it stands.

  -f, --format FORMAT         ${FORMATS.join(', ')} (default pretty)
      --severity SEVERITY     from which on a finding fails the run: ${THRESHOLDS.join(', ')} (default error)
      --rule ID               judge by this rule only; several times, or several with commas
      --skip ID               all rules but this; several times, or several with commas
  -o, --output FILE           write the report to a file
      --no-color              as NO_COLOR does; FORCE_COLOR=1 colours what is not a terminal
  -h, --help

${STATED_HELP}

A finding is accepted with an annotation of the object: cdk8s-graceful/acknowledge.<rule>: <why>.

Exit code: 0 no finding reaches the severity; 1 one does; 2 something could not be read, or the command is wrong (what
could be read is judged all the same).

Examples:
  cdk8s-graceful lint k8s/
  helm template shop charts/shop | cdk8s-graceful lint -
  kubectl kustomize overlays/production | cdk8s-graceful lint --longest-request 30s --kubernetes 1.34 -
  cdk8s-graceful lint --format sarif --output graceful.sarif dist/
  cdk8s-graceful lint --severity warning --skip image-tag-floating,pdb-missing k8s/
`;
