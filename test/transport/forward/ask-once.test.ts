import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleSource } from '../../helpers/bundle-source.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';

describeWith(['ssh', 'sshd', 'ssh-keygen', 'script'], 'a forward on a terminal', () => {
  let sshd: TestSshd;
  let greeter: RfbGreeter;

  beforeEach(async () => {
    sshd = await startSshd({ passphrase: 'open sesame' });
    greeter = await startRfbGreeter();
  });

  afterEach(async () => {
    await greeter.close();
    await sshd.close();
  });

  test('prompts once for three clients and a further proof', async () => {
    const route = { kind: 'ssh', target: greeter.target, via: sshd.via };
    const program = await bundleSource(
      `import { once } from 'node:events';
       import { connect } from 'node:net';
       import { openForward } from './transport/forward/open-forward.js';
       const forward = await openForward({
         route: ${JSON.stringify(route)} as never, listen: { kind: 'tcp', port: 0 }, mayAsk: true,
         timeoutMs: 30_000, signal: new AbortController().signal,
       }, { environment: process.env, platform: process.platform });
       for (let count = 0; count < 3; count++) {
         const client = connect(forward.address as never);
         console.log('received ' + (await once(client, 'data')));
         client.destroy();
       }
       await forward.prove();
       await forward.close();
       console.log('closed');`,
      sshd.folder,
    );
    const line = `'${process.execPath}' '${program}'`;
    const terminal = spawn('script', ['-qec', line, '/dev/null'], {
      env: sshd.environment as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(terminal, 'close');
    let screen = '';
    let questions = 0;
    terminal.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      const asked = screen.match(/Enter passphrase for key/g)?.length ?? 0;
      if (asked > questions) terminal.stdin.write('open sesame\n');
      questions = asked;
    });
    await ended;
    expect(screen.match(/received RFB 003\.008/g)).toHaveLength(3);
    expect(screen).toContain('closed');
    expect(questions).toBe(1);
    expect(sshd.log().match(/^Accepted publickey/gm)).toHaveLength(1);
    await expect.poll(() => sshd.connections()).toEqual([]);
  });
});
