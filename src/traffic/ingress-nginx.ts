import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const CONTROLLER = 'kubernetes/ingress-nginx@dbb11b92d';

export const ingressNginx: TrafficSourceFacts = {
  id: 'ingress-nginx',
  title: 'ingress-nginx',
  propagationSeconds: read(
    10,
    `${CONTROLLER} rootfs/etc/nginx/lua/balancer.lua: the workers look for new backends every second; EndpointSlice and controller come before it; rounded up`,
  ),
  follows: read(
    'deletion',
    `${CONTROLLER} internal/ingress/controller/endpointslices.go: only endpoints that are ready`,
  ),
  notes: [read('The project is retired: best-effort maintenance ended in March 2026.', `${CONTROLLER} README.md`)],
};
