import type { ContainerShutdown, PodShutdown, Term, TermId } from './budget';
import { secondsText } from './seconds';

/**
 * The kubelet leaves every container so many seconds between SIGTERM and SIGKILL, even when the grace is over.
 *
 * @see kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_manager.go (minimumGracePeriodInSeconds), v1.36
 */
export const MINIMUM_WINDOW_SECONDS = 2;

/**
 * The kubelet takes a shorter grace for this one.
 *
 * @see kubernetes/kubernetes pkg/kubelet/pod_workers.go (calculateEffectiveGracePeriod), v1.36
 */
const LEAST_EFFECTIVE_GRACE_SECONDS = 1;

/** Something that happens in a termination, counted from the deletion. Without `container`: to the pod as a whole. */
export interface TimelineEvent {
  readonly second: number;
  readonly event:
    | 'deletion'
    | 'pre-stop-start'
    | 'pre-stop-end'
    | 'readiness-false'
    | 'traffic-gone'
    | 'sigterm'
    | 'last-request-done'
    | 'exit'
    | 'sigkill';
  readonly container?: string;

  /** A short sentence. */
  readonly what: string;
}

/** What one container goes through with the grace that there is. */
interface Course {
  readonly container: ContainerShutdown;
  readonly preStopSeconds: number;
  readonly preStopEnd: number;
  readonly sigterm: number;

  /** The grace was over before it was this container's turn. */
  readonly forced: boolean;
  readonly steps: readonly Step[];

  /** Exit where all steps were done, SIGKILL otherwise. */
  readonly end: number;
  readonly sigkill: number;
}

interface Step {
  readonly term: Term;
  readonly end: number;
  readonly cut: boolean;
}

/**
 * The events of one termination, sorted by second, and at the same second in the order of cause and effect.
 *
 * When the grace is over the kubelet stops waiting for hooks and turns: everyone gets SIGTERM at once and SIGKILL no
 * sooner than `MINIMUM_WINDOW_SECONDS` later. A container that is not done by then has no `exit`, and its requests no
 * `last-request-done`; its `sigkill` says what was cut. When every container exits in time, one `sigkill` of the pod
 * marks the second at which it would have come.
 *
 * @param criticalIndex the main container whose shutdown takes longest
 * @see kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer), v1.36
 */
export function timelineOf(pod: PodShutdown, graceSeconds: number, criticalIndex: number): readonly TimelineEvent[] {
  const grace = Math.max(LEAST_EFFECTIVE_GRACE_SECONDS, graceSeconds);
  const mains = pod.containers.map((container) => courseOf(container, 0, grace));
  const sidecars: Course[] = [];
  let turn = Math.max(...mains.map((course) => course.end));
  for (const container of [...pod.sidecars].reverse()) {
    const course = courseOf(container, turn, grace);
    sidecars.push(course);
    turn = Math.max(turn, course.end);
  }
  const courses = [...mains, ...sidecars];
  return [
    { second: 0, event: 'deletion' as const, what: `the pod is deleted, its grace is ${secondsText(graceSeconds)}` },
    ...courses.filter(hasPreStop).map(preStopStart),
    ...podEvents(pod, turn),
    ...courses.flatMap((course, index) => containerEvents(course, index === criticalIndex)),
    ...podSigkill(courses, turn),
  ].sort((one, other) => one.second - other.second);
}

function courseOf(container: ContainerShutdown, turn: number, grace: number): Course {
  const preStop = stepsOf(container.preStop, 0, grace);
  const preStopSeconds = endOf(preStop, 0);
  const sigterm = Math.min(grace, Math.max(preStopSeconds, turn));
  const sigkill = Math.max(grace, sigterm + MINIMUM_WINDOW_SECONDS);
  const afterSigterm = stepsOf(container.afterSigterm, sigterm, sigkill);
  const steps = [...preStop, ...afterSigterm];
  return {
    container,
    preStopSeconds,
    preStopEnd: Math.min(preStopSeconds, grace),
    sigterm,
    forced: preStopSeconds > grace || turn > grace,
    steps,
    end: container.endsBySigkill || steps.some((step) => step.cut) ? sigkill : endOf(afterSigterm, sigterm),
    sigkill,
  };
}

function stepsOf(terms: readonly Term[], start: number, limit: number): readonly Step[] {
  let end = start;
  return terms.map((term) => {
    end += term.seconds;
    return { term, end, cut: end > limit };
  });
}

function endOf(steps: readonly Step[], otherwise: number): number {
  return steps.at(-1)?.end ?? otherwise;
}

function hasPreStop(course: Course): boolean {
  return course.preStopSeconds > 0;
}

function isCut(course: Course): boolean {
  return course.steps.some((step) => step.cut);
}

function preStopStart({ container: { name } }: Course): TimelineEvent {
  return { second: 0, event: 'pre-stop-start', container: name, what: `the preStop hook of ${name} starts` };
}

function podEvents(pod: PodShutdown, podEnd: number): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const { readinessFalseSeconds: second } = pod;
  if (second !== undefined && second <= podEnd) {
    events.push({ second, event: 'readiness-false', what: 'readiness turns false' });
  }
  events.push({
    second: pod.propagationSeconds,
    event: 'traffic-gone',
    what: 'the last traffic source sends nothing new',
  });
  return events;
}

function containerEvents(course: Course, critical: boolean): readonly TimelineEvent[] {
  const { name } = course.container;
  const events: TimelineEvent[] = [];
  const add = (second: number, event: TimelineEvent['event'], what: string) =>
    events.push({ second, event, container: name, what });

  if (hasPreStop(course)) {
    const late = course.preStopSeconds - course.preStopEnd;
    const what = late > 0 ? `is given up, ${secondsText(late)} before its end` : 'returns';
    add(course.preStopEnd, 'pre-stop-end', `the preStop hook of ${name} ${what}`);
  }
  add(course.sigterm, 'sigterm', `${name} gets SIGTERM${course.forced ? ', because the grace is over' : ''}`);
  const requestsDone = critical ? lastRequestDone(course) : undefined;
  if (requestsDone !== undefined) {
    add(requestsDone, 'last-request-done', `the last request in flight in ${name} is done`);
  }
  if (isCut(course)) {
    const cut = course.steps.filter((step) => step.cut && step.term.seconds > 0).map((step) => step.term.label);
    add(course.sigkill, 'sigkill', `${name} is killed before it is done with: ${cut.join(', ')}`);
  } else if (course.container.endsBySigkill) {
    add(course.sigkill, 'sigkill', `${name}, which ignores SIGTERM, is killed`);
  } else {
    add(course.end, 'exit', `${name} has exited`);
  }
  return events;
}

const REQUEST_TERMS: ReadonlySet<TermId> = new Set<TermId>(['wait-until-idle', 'hold', 'drain']);

function lastRequestDone(course: Course): number | undefined {
  const waits = course.steps.filter((step) => REQUEST_TERMS.has(step.term.id));
  return waits.some((step) => step.cut) ? undefined : waits.at(-1)?.end;
}

function podSigkill(courses: readonly Course[], podEnd: number): readonly TimelineEvent[] {
  if (courses.some((course) => isCut(course) || course.container.endsBySigkill)) return [];
  const second = Math.max(...courses.map((course) => course.sigkill));
  const left = secondsText(second - podEnd);
  return [{ second, event: 'sigkill', what: `SIGKILL would come now, ${left} after the last exit` }];
}
