import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type ClientOptions, createClient } from '../../../src/platform/remote/client.js';
import { DESKTOP_ENDPOINTS } from '../../../src/platform/remote/desktop-endpoints.js';
import { createServerClock } from '../../../src/platform/server-clock.js';
import { answer, reply } from '../../helpers/scripted-server.js';
import { baseUrlOf, errorOf, NOW, startServer, TOKEN } from './test-platform.js';

const optionsFor = (origin: string): ClientOptions => ({
  baseUrls: [baseUrlOf(origin)],
  allowsHttp: false,
  userAgent: 'hpc-desk/TEST',
  environment: {},
  now: () => NOW,
  serverClock: createServerClock(() => NOW),
  sleep: async () => {},
  random: () => 0,
  remainingMs: () => 5_000,
  signal: new AbortController().signal,
  log: () => {},
});

describe('calling an endpoint', () => {
  it('returns the data as parsed by its schema', async () => {
    const server = await startServer(
      reply('0', [{ id: 7, text: 'gv', JobManagerType: 'SLURM' }, { id: 8 }]),
    );
    const client = createClient(optionsFor(server.origin));
    await expect(client.call(DESKTOP_ENDPOINTS.readSchedulers, { token: TOKEN })).resolves.toEqual([
      'gv',
      '8',
    ]);
    expect(server.requests[0]).toMatch(/^GET \/openapi\/v2\/cluster HTTP/);
    await client.close();
  });

  it('never retries a POST', async () => {
    const server = await startServer(answer('', { status: 503 }), reply('0'));
    const change = { method: 'POST', path: '/', response: v.unknown(), page: 'change' } as const;
    const client = createClient(optionsFor(server.origin));
    const error = await errorOf(client.call(change, {}));
    expect(error.details).toEqual({ endpoint: 'change', problem: 'HTTP 503, application/json' });
    expect(server.requests).toHaveLength(1);
    await client.close();
  });

  it('rejects with the abort reason when aborted between two attempts', async () => {
    const server = await startServer(answer('', { status: 503 }));
    const end = new AbortController();
    const sleep = async () => end.abort(new Error('enough'));
    const options = { ...optionsFor(server.origin), sleep, signal: end.signal };
    const client = createClient(options);
    await expect(client.call(DESKTOP_ENDPOINTS.createSession, {})).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(1);
    await client.close();
  });

  it('stops when Retry-After exceeds the time left, and reports it', async () => {
    const server = await startServer(answer('', { status: 429, headers: { 'retry-after': '30' } }));
    const client = createClient(optionsFor(server.origin));
    const error = await errorOf(client.call(DESKTOP_ENDPOINTS.createSession, {}));
    expect(error).toMatchObject({
      code: 'platform.rateLimited',
      details: { retryAfterSeconds: 30 },
    });
    expect(server.requests).toHaveLength(1);
    await client.close();
  });
});
