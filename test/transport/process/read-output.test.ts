import { expect, it } from 'vitest';
import { readOutput } from '../../../src/transport/process/read-output.js';

const run = (script: string, signal = new AbortController().signal) =>
  readOutput(process.execPath, ['-e', script], {
    environment: { HPC_DESK_TOKEN: 'secret' },
    signal,
  });

it('returns stdout, stderr and the exit code', async () => {
  const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
  expect(await run(script)).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
});

it('passes neither secrets nor stdin to the program', async () => {
  const script = 'process.stdin.on("end", () => console.log(process.env.HPC_DESK_TOKEN)).resume()';
  expect((await run(script)).stdout).toBe('undefined\n');
});

it('returns exit code null for a program that cannot be started', async () => {
  const options = { environment: {}, signal: new AbortController().signal };
  expect(await readOutput('/nowhere/at-all', [], options)).toMatchObject({ exitCode: null });
});

it('rejects with the reason of the signal when aborted', async () => {
  const abort = new AbortController();
  const running = run('setInterval(() => {}, 1000)', abort.signal);
  abort.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});
