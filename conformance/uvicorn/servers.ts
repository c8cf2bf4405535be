import { pythonServer } from '../harness/python-server';

/** 0.43 and 0.44 cut streams at SIGTERM; the versions before and after let them finish. */
const VERSIONS = ['0.42.0', '0.44.0', '0.54.0'];

export const servers = VERSIONS.map((version, index) => {
  const port = 18120 + index;
  return pythonServer({
    runtime: 'uvicorn',
    title: `uvicorn ${version} with FastAPI`,
    version,
    port,
    packages: [`uvicorn==${version}`, 'fastapi==0.165.0'],
    app: 'conformance/uvicorn/app.py',
    module: ['uvicorn', 'app:app', '--host', '0.0.0.0', '--port', String(port), '--log-level', 'warning'],
    variants: [
      { name: 'as it comes' },
      { name: '--timeout-graceful-shutdown 2', args: ['--timeout-graceful-shutdown', '2'], boundSeconds: 2 },
      { name: 'under sh -c', underShell: true },
    ],
  });
});
