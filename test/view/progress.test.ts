import { once } from 'node:events';
import chalk from 'chalk';
import { afterEach, describe, expect, it } from 'vitest';
import { readTerminal } from '../../src/cli/run/terminal.js';
import { en } from '../../src/i18n/en/index.js';
import type { HostName, IpAddress, Port, Route } from '../../src/model/endpoint.js';
import { createProgress, type Progress } from '../../src/view/progress.js';
import { CapturedOutput } from '../helpers/run-cli.js';

const ORIGIN = 'https://zzhpc.example:65051';
const target = { host: '10.0.41.101' as IpAddress, port: 5904 as Port };
const via = { host: 'login.example' as HostName, port: undefined, user: undefined };
const SSH: Route = { kind: 'ssh', target, via };

const started: Progress[] = [];
afterEach(() => {
  for (const progress of started.splice(0)) progress.stop();
});

function open(columns: number, hasColor = false) {
  const stream = new CapturedOutput(true, columns);
  const { isAnimated } = readTerminal(stream, {}, undefined);
  const write = (text: string) => void stream.write(text);
  const progress = createProgress({
    messages: en,
    stream: () => stream,
    isAnimated,
    hasColor,
    write,
  });
  started.push(progress);
  return { progress, stream };
}

/** Waits until the spinner has drawn this text. */
async function drawn(stream: CapturedOutput, text: string) {
  while (!stream.text.includes(text)) await once(stream, 'captured');
}

describe('without animation', () => {
  it('writes one plain line for each message', () => {
    // On a terminal that reports 0 columns, ora never stops drawing.
    const { progress, stream } = open(0);
    progress.show({ kind: 'asking', origin: ORIGIN });
    progress.show({ kind: 'routing', route: SSH });
    progress.show({ kind: 'greeted', target, rfbVersion: '003.008' });
    progress.stop();
    expect(stream.text).toBe(
      `Contacting ${ORIGIN}\nConnecting to 10.0.41.101:5904 through login.example\nThe desktop answers (RFB 3.8)\n`,
    );
  });

  it('escapes control characters from the server', () => {
    const { progress, stream } = open(0);
    progress.show({ kind: 'deleting', sessionId: '\x1b[2J\nx' });
    expect(stream.text).toBe('Deleting \\x1b[2J\\x0ax\n');
  });
});

describe('a spinner', () => {
  it('shows the message; stop clears the line and restores the cursor', async () => {
    const { progress, stream } = open(80);
    progress.show({ kind: 'asking', origin: ORIGIN });
    await drawn(stream, `Contacting ${ORIGIN}`);
    progress.stop();
    expect(stream.text).toMatch(/\x1b\[2K.*\x1b\[\?25h$/s);
    const length = stream.text.length;
    progress.stop();
    expect(stream.text).toHaveLength(length);
  });

  it('does not start if ora is loaded after stop', async () => {
    const { progress, stream } = open(80);
    progress.show({ kind: 'asking', origin: ORIGIN });
    progress.stop();
    await import('ora');
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.text).toBe('');
  });

  it('shows the text of the latest message', async () => {
    const { progress, stream } = open(80);
    progress.show({ kind: 'asking', origin: ORIGIN });
    progress.show({ kind: 'startingSandbox' });
    await drawn(stream, 'Starting the sandbox');
    expect(stream.text).not.toContain('Contacting');
  });

  it('stops for ssh, which may prompt on the same terminal', async () => {
    const { progress, stream } = open(80);
    progress.show({ kind: 'asking', origin: ORIGIN });
    await drawn(stream, 'Contacting');
    progress.show({ kind: 'routing', route: SSH });
    expect(stream.text).toMatch(/\x1b\[\?25hConnecting to .* through login\.example\n$/s);
  });

  it.each([true, false])('is coloured only when colour is on: %s', async (hasColor) => {
    const { level } = chalk;
    // The level that chalk detects on a colour terminal, even with NO_COLOR.
    chalk.level = 1;
    const { progress, stream } = open(80, hasColor);
    progress.show({ kind: 'startingSandbox' });
    await drawn(stream, 'Starting the sandbox');
    chalk.level = level;
    expect(/\x1b\[\d+m/.test(stream.text)).toBe(hasColor);
  });
});
