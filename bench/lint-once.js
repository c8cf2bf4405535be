/** One measurement of bench/lint.ts, in a process of its own: `node lint-once.js (parse|lint|write) <number of sets>`. */
const fs = require('node:fs');
const { loadAll } = require('js-yaml');
const lib = process.env.BENCH_LIB ?? '../lib';
const { readInput } = require(`${lib}/manifest/input/read-input`);
const { judge } = require(`${lib}/rules/judge`);

const WORK = {
  parse: (text) => loadAll(text).length,
  lint: (text) => judge(readInput('bench.yaml', text).objects).findings.length,
};

/** A Deployment, its Service and its PodDisruptionBudget, as teams write them; there is something to find in each. */
function set(index) {
  const name = `app-${index}`;
  const namespace = `team-${index % 50}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
    app.kubernetes.io/managed-by: Helm
  annotations:
    prometheus.io/scrape: "true"
    prometheus.io/port: "8080"
spec:
  replicas: ${2 + (index % 5)}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 25%
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: shop
    spec:
      serviceAccountName: ${name}
      terminationGracePeriodSeconds: ${30 + (index % 4) * 15}
      containers:
        - name: main
          image: registry.example.com/shop/${name}:1.${index % 20}.0
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: ${name}-database
                  key: url
          resources:
            requests:
              cpu: 250m
              memory: 256Mi
            limits:
              memory: 512Mi
          lifecycle:
            preStop:
              exec:
                command: ["/bin/sh", "-c", "sleep ${3 + (index % 7)}"]
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 5
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  minAvailable: 100%
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
---
`;
}

/** CPU time of this thread, which only Linux tells; elsewhere the time that passes. */
function threadSeconds() {
  const file = '/proc/thread-self/schedstat';
  if (!fs.existsSync(file)) return performance.now() / 1e3;
  return Number(fs.readFileSync(file, 'utf8').split(' ')[0]) / 1e9;
}

const [what, sets] = process.argv.slice(2);
const bytes = Buffer.from(Array.from({ length: Number(sets) }, (_, index) => set(index)).join(''));
if (what === 'write') {
  process.stdout.write(bytes);
} else {
  const start = threadSeconds();
  const found = WORK[what](bytes.toString());
  const cpuSeconds = threadSeconds() - start;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ megabytes: bytes.length / 1e6, cpuSeconds, peakMegabytes, found }));
}
