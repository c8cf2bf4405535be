import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { COMPANION_KINDS, type SourceObject } from '../manifest/fleet';
import type { Intent } from '../manifest/intent';
import { isObject, type JsonObject } from '../manifest/json';
import { workloadKind } from '../manifest/workload-kinds';
import { findingText } from '../report/finding-text';
import { type Finding, Severity } from '../rules/finding';
import { type Judgement, judge } from '../rules/judge';
import { memoryOf, rememberDuringSynth, rendered } from './memory';
import { type PolicedFinding, ScopePolicies, type ScopePolicy, underPolicy } from './scope-policy';

const ID = 'cdk8s-graceful';

interface PolicedSource {
  readonly source: SourceObject;
  readonly policy?: ScopePolicy;
}

/**
 * The app's one validator: it judges the final JSON of every object that was registered, and of all objects in the scopes
 * of a policy, with what stands beside them.
 */
export class AppJudge extends Construct {
  static of(scope: IConstruct): AppJudge {
    const root = scope.node.root;
    const found = root.node.tryFindChild(ID);
    if (found && !('register' in found)) {
      throw new Error(
        `a construct '${ID}' stands at the top of the app: give it another id, this one is taken by the library`,
      );
    }
    return (found as AppJudge | undefined) ?? new AppJudge(root);
  }

  private readonly owners = new Map<ApiObject, IConstruct>();
  private readonly policies = new ScopePolicies();
  private readonly printed = new Set<string>();

  private constructor(root: IConstruct) {
    super(root as Construct, ID);
    rememberDuringSynth(root);
    this.node.addValidation({ validate: () => this.refusals() });
  }

  register(owner: IConstruct, ...objects: ApiObject[]): void {
    for (const object of objects) this.owners.set(object, owner);
  }

  enforce(scope: IConstruct, policy: ScopePolicy): void {
    this.policies.add(scope, policy);
  }

  /** What the policies around a construct state. */
  statedAround(construct: IConstruct): Partial<Intent> | undefined {
    return this.policies.lookup()(construct)?.stated;
  }

  get judgement(): Judgement {
    return judge(this.sources().map(({ source }) => source));
  }

  /** The findings about a construct and everything below it. */
  findingsIn(scope: IConstruct): readonly Finding[] {
    const { path } = scope.node;
    const below = path === '' ? '' : `${path}/`;
    return this.findings
      .map(({ finding }) => finding)
      .filter(({ origin }) => origin === path || origin?.startsWith(below));
  }

  /** Of the judgement only the findings are remembered: the views of thousands of workloads would be a lot to keep. */
  private get findings(): readonly PolicedFinding[] {
    const memory = memoryOf(this.node.root);
    const findings = memory?.findings ?? this.found();
    if (memory) memory.findings = findings;
    return findings;
  }

  private found(): readonly PolicedFinding[] {
    const sources = this.sources();
    const policies = new Map(sources.map(({ source, policy }) => [source.origin, policy]));
    const { findings } = judge(sources.map(({ source }) => source));
    return findings.map((finding) => underPolicy(finding, policies.get(finding.origin)));
  }

  private sources(): readonly PolicedSource[] {
    const policyOf = this.policies.lookup();
    const sources: PolicedSource[] = [];
    const add = (json: JsonObject, from: IConstruct) => {
      const policy = policyOf(from);
      sources.push({ source: { json, origin: from.node.path, stated: policy?.stated }, policy });
    };
    for (const [object, owner] of this.owners) add(rendered(object), owner);
    for (const construct of this.node.root.node.findAll()) {
      if (!ApiObject.isApiObject(construct) || this.owners.has(construct)) continue;
      if (!isRead(construct, policyOf(construct) !== undefined)) continue;
      for (const json of itemsOf(rendered(construct))) add(json, construct);
    }
    return sources;
  }

  private refusals(): string[] {
    const refused: string[] = [];
    for (const { finding, fails } of this.findings) {
      if (fails) refused.push(findingText(finding, '    '));
      else if (finding.severity !== Severity.ACKNOWLEDGED) this.warn(finding);
    }
    return refused;
  }

  private warn(finding: Finding): void {
    const text = findingText(finding);
    if (this.printed.has(text)) return;
    this.printed.add(text);
    process.stderr.write(`warning: ${text}\n`);
  }
}

/** Budgets, Services and autoscalers that stand elsewhere in the app bear on the workloads too. */
function isRead({ apiVersion, kind }: ApiObject, inScope: boolean): boolean {
  const text = `${apiVersion} ${kind}`;
  return COMPANION_KINDS.has(text) || (inScope && (workloadKind(text) !== undefined || kind.endsWith('List')));
}

/** The objects of a `List`, which an included file may hold. */
function itemsOf(json: JsonObject): readonly JsonObject[] {
  const { kind, items } = json;
  if (!String(kind).endsWith('List') || !Array.isArray(items)) return [json];
  return items.filter(isObject).flatMap(itemsOf);
}
