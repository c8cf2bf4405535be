import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../harness/install';
import type { ServerUnderTest, Variant } from '../harness/server';

const GRACEFUL = { SERVER_SHUTDOWN: 'graceful' };
const SHORT_PHASE = { ...GRACEFUL, SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: '2s' };

const plain: readonly Variant[] = [
  { name: 'as it comes, plain requests', withoutStream: true, requestSeconds: 10 },
  { name: 'SERVER_SHUTDOWN=graceful, plain requests', env: GRACEFUL, withoutStream: true },
];
const underShell: Variant = { name: 'under sh -c', env: GRACEFUL, underShell: true };

/**
 * In 3.3 a stream that runs on the application's task executor is waited for in a phase of its own, before the one that
 * closes the port.
 */
const before34: readonly Variant[] = [
  ...plain,
  {
    name: 'SERVER_SHUTDOWN=graceful, with a stream',
    env: GRACEFUL,
    noted: { newRequests: 'served', readiness: '503' },
  },
  { name: 'phase timeout 2 s, with a stream', env: SHORT_PHASE, boundSeconds: 2, phases: 2 },
  underShell,
];

const since34: readonly Variant[] = [
  ...plain,
  { name: 'SERVER_SHUTDOWN=graceful, with a stream', env: GRACEFUL },
  { name: 'phase timeout 2 s, with a stream', env: SHORT_PHASE, boundSeconds: 2 },
  underShell,
];

/** One before 3.4, where the shutdown became graceful by default, and one after. */
export const servers: readonly ServerUnderTest[] = [
  springBoot('3.3.13', 18130, before34),
  springBoot('3.5.7', 18131, since34),
];

function springBoot(version: string, port: number, variants: readonly Variant[]): ServerUnderTest {
  return {
    runtime: 'spring-boot',
    title: `Spring Boot ${version} with Tomcat`,
    version,
    port,
    readinessPath: '/actuator/health/readiness',
    startSeconds: 120,
    variants,
    needs: ['java', 'mvn'],
    env: { SERVER_PORT: String(port), MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: 'true' },
    install: async (folder) => {
      const jar = join(folder, 'target', 'app.jar');
      if (existsSync(jar)) return;
      cpSync(__dirname, folder, { recursive: true });
      const pom = join(folder, 'pom.xml');
      writeFileSync(pom, readFileSync(pom, 'utf8').replace('@boot.version@', version));
      run(['mvn', '--quiet', '--batch-mode', 'package'], folder);
    },
    command: (folder) => ['java', '-XX:TieredStopAtLevel=1', '-jar', join(folder, 'target', 'app.jar')],
  };
}
