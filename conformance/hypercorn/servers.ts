import { pythonServer } from '../harness/python-server';

const PORT = 18126;
const VERSION = '0.18.0';

export const servers = [
  pythonServer({
    runtime: 'hypercorn',
    title: `hypercorn ${VERSION} with FastAPI`,
    version: VERSION,
    port: PORT,
    packages: [`hypercorn==${VERSION}`, 'fastapi==0.165.0'],
    app: 'conformance/hypercorn/app.py',
    module: ['hypercorn', 'app:app', '--bind', `0.0.0.0:${PORT}`, '--log-level', 'warning'],
    variants: [
      { name: 'its own bound of 3 s', boundSeconds: 3 },
      { name: '--graceful-timeout 20', args: ['--graceful-timeout', '20'] },
      { name: 'under sh -c', args: ['--graceful-timeout', '20'], underShell: true },
    ],
  }),
];
