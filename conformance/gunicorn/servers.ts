import { pythonServer } from '../harness/python-server';

const PORT = 18125;
const VERSION = '27.0.1';

export const servers = [
  pythonServer({
    runtime: 'gunicorn',
    title: `gunicorn ${VERSION}`,
    version: VERSION,
    port: PORT,
    packages: [`gunicorn==${VERSION}`],
    app: 'conformance/gunicorn/app.py',
    module: ['gunicorn', 'app:app', '--bind', `0.0.0.0:${PORT}`, '--threads', '16', '--log-level', 'warning'],
    variants: [
      { name: 'as it comes' },
      { name: 'sync workers', args: ['--threads', '1', '--workers', '8'] },
      { name: '--graceful-timeout 2', args: ['--graceful-timeout', '2'], boundSeconds: 2 },
      { name: 'under sh -c', underShell: true },
    ],
  }),
];
