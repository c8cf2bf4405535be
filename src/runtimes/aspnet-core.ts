import { read, unverified } from '../fact';
import { builtIntoAnImage, closedWhileLoading, exitWithinMargin, onlyInOwnImages } from './common-facts';
import type { RuntimeFacts, SigtermBehaviour } from './runtime';

const HOST_OPTIONS = 'dotnet/runtime src/libraries/Microsoft.Extensions.Hosting/src/HostOptions.cs@262e4667';
const DEFAULT_RAISED = 'dotnet/runtime#63712 (merged January 2022, after the release of .NET 6)';
const HOST = 'learn.microsoft.com/aspnet/core, .NET Generic Host';
const KESTREL = 'dotnet/aspnetcore src/Servers/Kestrel/Core/src/Internal/KestrelServerImpl.cs, StopAsync()';
const setting = { env: 'DOTNET_shutdownTimeoutSeconds', format: 'seconds' } as const;

const thirtySeconds: SigtermBehaviour = {
  inFlight: read('drains', HOST),
  bound: read(
    { seconds: 30, setting, configuredBy: 'HostOptions.ShutdownTimeout' },
    `${HOST_OPTIONS}; ${DEFAULT_RAISED}`,
  ),
  exitSeconds: exitWithinMargin,
  newRequests: read('refused', `${KESTREL}: the endpoints are unbound first`),
  readiness: read('refused', `${KESTREL}: the endpoints are unbound first`),
};

const fiveSeconds: SigtermBehaviour = {
  ...thirtySeconds,
  bound: read({ seconds: 5, setting, configuredBy: 'HostOptions.ShutdownTimeout' }, DEFAULT_RAISED, '2026-11'),
};

export const aspNetCore: RuntimeFacts = {
  id: 'aspnet-core',
  title: 'ASP.NET Core',
  kind: 'web',
  ...builtIntoAnImage('ASP.NET Core', 'readinessPath', 'livenessPath'),
  port: read(
    8080,
    'learn.microsoft.com, .NET 8 breaking changes: the images listen on 8080; 80 before, and 5000 outside of them',
  ),
  bindAddress: read(
    { address: '::', setting: { env: 'ASPNETCORE_HTTP_PORTS', format: 'keyword' } } as const,
    'learn.microsoft.com/aspnet/core, Kestrel endpoints: localhost only where no image or variable names a port',
  ),
  images: onlyInOwnImages('ASP.NET Core: the dotnet images run any program'),
  writablePaths: read(
    ['/tmp'],
    'learn.microsoft.com/aspnet/core, File uploads: an upload above 64 KiB is buffered in a file',
  ),
  minimumVersion: read(
    '6.0.0',
    'dotnet/runtime#47798: .NET 5 does not read the variable for its timeout of 5 s; #44080 in .NET 6 does',
    '2026-11',
  ),
  checkedVersion: unverified('10.0', `${HOST_OPTIONS}; the release of that commit was not looked up`, '2026-11'),
  whileLoading: closedWhileLoading(`${HOST}: the server is the last hosted service to start`),
  webSockets: unverified('cut', 'the connection is held until the timeout and then aborted; nobody measured it'),
  endlessStreams: read('waited-for', KESTREL),
  backgroundTasks: read('waited-for', `${HOST}: StopAsync of each hosted service, within the same timeout`),
  versions: [{ sigterm: fiveSeconds }, { from: '7.0.0', sigterm: thirtySeconds }],
  whenUnknown: fiveSeconds,
  notes: [
    read(
      'The old WebHost waits 5 s up to .NET 7, whatever the generic host does.',
      'dotnet/aspnetcore#48606',
      '2026-11',
    ),
    read(
      'Hosted services stop in the reverse order of their registration and share the timeout: one that hangs takes it from the requests.',
      HOST,
    ),
    read('A timeout that the code sets with Configure<HostOptions> wins over the variable.', HOST_OPTIONS),
  ],
};
