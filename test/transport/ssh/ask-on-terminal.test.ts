import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { bundleSource } from '../../helpers/bundle-source.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { type SshdOptions, startSshd, type TestSshd } from '../../helpers/start-sshd.js';

describeWith(['ssh', 'sshd', 'ssh-keygen', 'script'], 'ssh with a controlling terminal', () => {
  let sshd: TestSshd;
  let greeter: RfbGreeter;

  afterEach(async () => {
    await greeter.close();
    await sshd.close();
  });

  /** Runs one stdio forward on a new pseudo-terminal, answers each prompt, and returns the terminal output. */
  async function connectOnTerminal(
    options: SshdOptions,
    answers: readonly (readonly [question: RegExp, answer: string])[],
    prepare: () => void = () => {},
    mayAsk = true,
  ): Promise<string> {
    sshd = await startSshd(options);
    greeter = await startRfbGreeter();
    prepare();
    const route = { kind: 'ssh', target: greeter.target, via: sshd.via };
    const program = await bundleSource(
      `import { openStdioForward } from './transport/ssh/stdio-forward.js';
       const options = { mayAsk: ${mayAsk}, timeoutMs: 5000, environment: process.env };
       const stream = openStdioForward(${JSON.stringify(route)} as never, options);
       stream.on('data', (chunk) => { console.log('received ' + chunk); stream.destroy(); });
       stream.on('error', (error) => console.log('failed ' + error.code));`,
      sshd.folder,
    );
    const line = `'${process.execPath}' '${program}'`;
    const terminal = spawn('script', ['-qec', line, '/dev/null'], {
      env: sshd.environment as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(terminal, 'close');
    let screen = '';
    let answered = 0;
    terminal.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      const [question, answer] = answers[answered] ?? [/(?!)/, ''];
      if (!question.test(screen)) return;
      answered += 1;
      terminal.stdin.write(`${answer}\n`);
    });
    await ended;
    return screen;
  }

  test('prompts for a passphrase on the terminal although its stdin is a pipe', async () => {
    const screen = await connectOnTerminal({ passphrase: 'open sesame' }, [
      [/Enter passphrase for key/, 'open sesame'],
    ]);
    expect(screen).toContain('received RFB 003.008');
    expect(screen).not.toContain('sesame');
  });

  test.each([
    [true, 'can open /dev/tty'],
    [false, 'cannot open /dev/tty'],
  ])('with mayAsk %s, a ProxyCommand %s', async (mayAsk) => {
    const relay = `const s=require('net').connect(process.argv[1],'127.0.0.1');process.stdin.pipe(s);s.pipe(process.stdout)`;
    const proxy = () => {
      const path = `${sshd.folder}/proxy`;
      const ask = '{ echo "a question" >/dev/tty; } 2>/dev/null';
      writeFileSync(path, `${ask}\nexec ${process.execPath} -e "${relay}" ${sshd.port}\n`);
      appendFileSync(sshd.configFile, `ProxyCommand /bin/sh ${path}\n`);
    };
    const screen = await connectOnTerminal({}, [], proxy, mayAsk);
    expect(screen).toContain('received RFB 003.008');
    expect(screen.includes('a question')).toBe(mayAsk);
  });

  test('prompts for an unknown host key and fails with ssh.hostKey after “no”', async () => {
    const forget = () => rmSync(sshd.knownHostsFile);
    const screen = await connectOnTerminal({}, [[/continue connecting/, 'no']], forget);
    expect(screen).toContain('failed ssh.hostKey');
  });
});
