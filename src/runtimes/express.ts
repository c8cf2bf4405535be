import { read } from '../fact';
import { onlyInOwnImages } from './common-facts';
import { nodeHttp } from './node-http';
import type { RuntimeFacts } from './runtime';

/** Express leaves the server to Node's http module, and with it all that happens at SIGTERM. */
export const express: RuntimeFacts = {
  ...nodeHttp,
  id: 'express',
  title: 'Express',
  images: onlyInOwnImages('Express'),
  notes: [
    ...nodeHttp.notes,
    read(
      'app.listen() returns the http.Server whose close() the SIGTERM handler has to call.',
      'expressjs.com, Health Checks and Graceful Shutdown',
    ),
  ],
};
