import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { COMPANION_KINDS, type SourceObject } from '../manifest/fleet';
import { findingText } from '../report/finding-text';
import { type Finding, Severity } from '../rules/finding';
import { type Judgement, judge } from '../rules/judge';
import { memoryOf, rememberDuringSynth } from './memory';

const ID = 'cdk8s-graceful';

/** The app's one validator: it judges the final JSON of every object that was registered, with what stands beside it. */
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

  private readonly owners = new Map<ApiObject, string>();
  private readonly printed = new Set<string>();

  private constructor(root: IConstruct) {
    super(root as Construct, ID);
    rememberDuringSynth(root);
    this.node.addValidation({ validate: () => this.refusals() });
  }

  register(owner: IConstruct, ...objects: ApiObject[]): void {
    const { path } = owner.node;
    for (const object of objects) this.owners.set(object, path);
  }

  get judgement(): Judgement {
    return judge(this.objects());
  }

  /** Of the judgement only the findings are remembered: the views of thousands of workloads would be a lot to keep. */
  private get findings(): readonly Finding[] {
    const memory = memoryOf(this.node.root);
    const findings = memory?.findings ?? this.judgement.findings;
    if (memory) memory.findings = findings;
    return findings;
  }

  findingsOf(owner: IConstruct): readonly Finding[] {
    const { path } = owner.node;
    return this.findings.filter((finding) => finding.origin === path);
  }

  /** Budgets, Services and autoscalers that stand elsewhere in the app bear on the workloads too. */
  private objects(): readonly SourceObject[] {
    const objects: SourceObject[] = [];
    for (const [object, origin] of this.owners) objects.push({ json: object.toJson(), origin });
    for (const construct of this.node.root.node.findAll()) {
      if (!ApiObject.isApiObject(construct) || this.owners.has(construct)) continue;
      if (!COMPANION_KINDS.has(`${construct.apiVersion} ${construct.kind}`)) continue;
      objects.push({ json: construct.toJson(), origin: construct.node.path });
    }
    return objects;
  }

  private refusals(): string[] {
    const { findings } = this;
    for (const finding of findings) {
      if (finding.severity === Severity.WARNING || finding.severity === Severity.CANNOT_JUDGE) this.warn(finding);
    }
    return findings
      .filter((finding) => finding.severity === Severity.ERROR)
      .map((finding) => findingText(finding, '    '));
  }

  private warn(finding: Finding): void {
    const text = findingText(finding);
    if (this.printed.has(text)) return;
    this.printed.add(text);
    process.stderr.write(`warning: ${text}\n`);
  }
}
