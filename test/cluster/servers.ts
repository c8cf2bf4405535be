import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chart, Testing } from 'cdk8s';
import { ConfigMap, Volume, type VolumeMount } from 'cdk8s-plus-27';

const FOLDERS = [join(__dirname, 'servers'), join(__dirname, '../../examples/fastapi-readiness-flag/app')];

/** The programs in servers/, and the application of the FastAPI example as main.py, at /app. */
export function serversIn(chart: Chart): VolumeMount {
  const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((file) => [file, join(folder, file)]));
  const data = Object.fromEntries(files.map(([file, path]) => [file, readFileSync(path, 'utf8')]));
  const configMap = new ConfigMap(chart, 'Servers', { metadata: { name: 'servers' }, data });
  return { path: '/app', volume: Volume.fromConfigMap(chart, 'ServersVolume', configMap, { name: 'servers' }) };
}

export function uvicorn(app: string): string[] {
  return ['python3', '-m', 'uvicorn', app, '--app-dir', '/app', '--host', '0.0.0.0', '--port', '8080'];
}

/** Refused as ever; warnings are not what these tests are about. */
export function synth(chart: Chart): any[] {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return Testing.synth(chart);
  } finally {
    stderr.mockRestore();
  }
}
