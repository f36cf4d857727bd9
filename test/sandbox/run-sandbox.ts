import { startSandbox } from '../../src/sandbox/start-sandbox.js';

/** Runs a sandbox with one session, prints its display, and does no cleanup. */
const sandbox = await startSandbox({
  now: () => new Date(),
  environment: process.env,
  signal: new AbortController().signal,
  desktop: 'xvnc',
  geometry: { widthPx: 320, heightPx: 240 },
});
const { platformUrl, token } = sandbox.description;
const response = await fetch(`${platformUrl}/hpc/openapi/v2/desktop/vnc`, {
  method: 'PUT',
  headers: { token },
});
const { data } = (await response.json()) as { data: { sid: string } };
console.log(data.sid);
