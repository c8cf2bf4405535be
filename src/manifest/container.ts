import { type CommandLine, commandLineOf } from './command-line';
import { type ConfigMaps, type Environment, environmentOf, fileOf } from './config-maps';
import { type Hook, hookOf } from './hook';
import { type ReadCommand, withScript } from './hooks/script-file';
import { type Image, imageOf } from './image';
import { countAt, type JsonObject, numberAt, objectAt, objectsAt, textAt, textsAt } from './json';
import { type Probe, probeOf } from './probe';

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** The file or folder of the volume that is mounted; absent: all of it. */
  readonly subPath?: string;
}

/** What a container reads besides its own text, as far as it was read here. */
export interface ConfigSources {
  readonly configMaps: ConfigMaps;
  /** The volumes of the pod. */
  readonly volumes: readonly JsonObject[];
}

/** A container of a pod template, read when asked. */
export class Container {
  readonly name: string;
  readonly image: Image;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly readiness?: Probe;
  readonly liveness?: Probe;
  readonly startup?: Probe;
  readonly preStop?: Hook;
  readonly postStart?: Hook;

  private variables?: Environment;
  private openPorts?: readonly ContainerPort[];
  private mounts?: readonly VolumeMount[];
  private extendedResources?: ReadonlyMap<string, number>;
  private line?: CommandLine;
  private start?: ReadCommand;

  constructor(
    readonly json: JsonObject,
    /** A native sidecar: an init container that goes on beside the others. */
    readonly sidecar: boolean,
    private readonly sources?: ConfigSources,
  ) {
    this.name = textAt(json, 'name') ?? '';
    this.image = imageOf(textAt(json, 'image') ?? '');
    this.command = textsAt(json, 'command');
    this.args = textsAt(json, 'args');
    this.readiness = probeOf(objectAt(json, 'readinessProbe'));
    this.liveness = probeOf(objectAt(json, 'livenessProbe'));
    this.startup = probeOf(objectAt(json, 'startupProbe'));
    const lifecycle = objectAt(json, 'lifecycle');
    this.preStop = lifecycle && this.hookAt(lifecycle, 'preStop');
    this.postStart = lifecycle && this.hookAt(lifecycle, 'postStart');
  }

  /** By name; undefined as a value: its text is not known. */
  get env(): ReadonlyMap<string, string | undefined> {
    return this.environment.byName;
  }

  get environment(): Environment {
    this.variables ??= environmentOf(this.json, this.sources?.configMaps);
    return this.variables;
  }

  /** What the container starts with: command and args, with the text of a script that a ConfigMap holds. */
  get started(): ReadCommand {
    this.start ??= this.withScripts([...(this.command ?? []), ...(this.args ?? [])]);
    return this.start;
  }

  /** The words that its programs get. */
  get commandLine(): CommandLine {
    this.line ??= commandLineOf(this.started.command, () => this.env);
    return this.line;
  }

  get ports(): readonly ContainerPort[] {
    this.openPorts ??= objectsAt(this.json, 'ports').map((port) => ({
      name: textAt(port, 'name'),
      containerPort: numberAt(port, 'containerPort') ?? 0,
    }));
    return this.openPorts;
  }

  get volumeMounts(): readonly VolumeMount[] {
    this.mounts ??= objectsAt(this.json, 'volumeMounts').map((mount) => ({
      name: textAt(mount, 'name') ?? '',
      mountPath: textAt(mount, 'mountPath') ?? '',
      readOnly: mount.readOnly === true,
      subPath: textAt(mount, 'subPath') ?? textAt(mount, 'subPathExpr'),
    }));
    return this.mounts;
  }

  /** The volume mount that a path lies on; undefined: it lies on the container's own file system. */
  mountAt(path: string): VolumeMount | undefined {
    let nearest: VolumeMount | undefined;
    for (const mount of this.volumeMounts) {
      const folder = mount.mountPath.endsWith('/') ? mount.mountPath : `${mount.mountPath}/`;
      if (path !== mount.mountPath && !path.startsWith(folder)) continue;
      if (!nearest || mount.mountPath.length > nearest.mountPath.length) nearest = mount;
    }
    return nearest;
  }

  /** Limits of extended resources such as `nvidia.com/gpu`: a name with a domain that is not Kubernetes' own. */
  get accelerators(): ReadonlyMap<string, number> {
    this.extendedResources ??= extendedResources(objectAt(this.json, 'resources', 'limits'));
    return this.extendedResources;
  }

  /** The value of a flag in command or args, as `--flag=value` or `--flag value`; undefined where it is not given. */
  flag(name: string): string | undefined {
    return flagIn(this.commandLine.words, name);
  }

  private hookAt(lifecycle: JsonObject, name: string): Hook | undefined {
    return hookOf(
      objectAt(lifecycle, name),
      () => this.env,
      (command) => this.withScripts(command).command,
    );
  }

  private withScripts(command: readonly string[]): ReadCommand {
    return this.sources ? withScript(command, (path) => this.fileAt(path)) : { command, fromFile: false };
  }

  /** The text of a file that a ConfigMap holds. */
  private fileAt(path: string): string | undefined {
    const mount = this.mountAt(path);
    if (!mount || !this.sources) return undefined;
    const below = path.slice(mount.mountPath.length).replace(/^\/+/, '');
    const within = [mount.subPath, below].filter((part) => part).join('/');
    return fileOf(this.sources.volumes, this.sources.configMaps, mount.name, within);
  }
}

/** The value of the last such flag among words, as `--flag=value` or `--flag value`. */
export function flagIn(words: readonly string[], name: string): string | undefined {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i] as string;
    if (word === name) return words[i + 1] ?? '';
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return undefined;
}

function extendedResources(limits: JsonObject | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name in limits) {
    if (!name.includes('/') || /(^|\.)kubernetes\.io\//.test(name)) continue;
    const limit = limits[name];
    const count = countAt(typeof limit === 'string' ? Number(limit) : limit);
    if (count) found.set(name, count);
  }
  return found;
}
