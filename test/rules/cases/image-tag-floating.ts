import { only, type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const image = (reference: unknown) => deploymentOf({ image: reference });
const digest = `sha256:${'0'.repeat(64)}`;

export const cases: RuleCases = {
  rule: 'image-tag-floating',
  violation: [
    withCompanions(
      'the tag latest',
      image('registry.example.com/orders:latest'),
      'image registry.example.com/orders:latest has the tag latest',
      'registry.example.com/orders:1.2.3',
    ),
    withCompanions(
      'no tag',
      image('registry.example.com:5000/orders'),
      'has no tag, which means latest',
      'registry.example.com:5000/orders:1.2.3',
    ),
    withCompanions(
      'a native sidecar',
      deploymentOf({}, { initContainers: [{ name: 'proxy', image: 'proxy', restartPolicy: 'Always' }] }),
      'image proxy has no tag',
    ),
    only('no requests', [image('orders')], 'image orders has no tag'),
    withCompanions(
      'an init container',
      deploymentOf({}, { initContainers: [{ name: 'model', image: 'downloader:latest' }] }),
      'image downloader:latest',
    ),
  ],
  pass: [
    withCompanions('a version', deployment(), 'runs registry.example.com/orders:1.8.2'),
    withCompanions('an import path of ko', image('ko://example.com/cmd/orders'), 'by a digest'),
    withCompanions('latest with a digest', image(`registry.example.com/orders:latest@${digest}`), digest),
  ],
  cannotJudge: ['IMAGE', 'APP_IMAGE', 'auto', 'registry.example.com/orders:PLACEHOLDER', 'orders:IMAGE_TAG'].map(
    (name) => withCompanions(`what ${name} stands for`, image(name), `${name} stands for an image`),
  ),
  notApplicable: [
    withCompanions('a variable', image(`\${IMAGE}`), 'see placeholder-not-substituted'),
    withCompanions('a template', image('{{ .Values.image }}'), 'see placeholder-not-substituted'),
    withCompanions(
      'an init container without anything',
      deployment({ spec: { template: { spec: { containers: [], initContainers: [{}] } } } }),
      'names no image',
    ),
    withCompanions('no image', image(undefined), 'container main names no image'),
    withCompanions(
      'no containers',
      deployment({ spec: { template: { spec: { containers: null } } } }),
      'no containers',
    ),
  ],
};
