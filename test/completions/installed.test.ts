import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../helpers/real-components.js';
import { BIN, runBin } from '../helpers/run-bin.js';
import { startScriptedServer } from '../helpers/scripted-server.js';
import { pressTab } from './interactive-shell.js';
import { sessionsReply, writeLogins } from './live-home.js';
import { KEYS, SHELL_STARTS, startCommand, writeShellStart } from './shell-starts.js';

const WITHIN_MS = 60_000;
const ID = 'gv101--me--SIG--4';
const CASES = [
  ['hpc-desk completion inst', 'hpc-desk completion install '],
  ['hpc-desk vnc show gv', `hpc-desk vnc show ${ID} `],
  ['hpc-desk --profile=d', 'hpc-desk --profile=default '],
  ['hpc-desk vnc list --field na', 'hpc-desk vnc list --field name '],
] as const;

/** All shell starts, and zsh with a start file that does not run compinit. */
const STARTS = [
  ...SHELL_STARTS,
  { title: 'zsh without compinit', shell: 'zsh' as const, before: KEYS.zsh },
];

describeWith(['zsh', 'bash', 'fish'], 'completion install', () => {
  it.each(STARTS)(
    'enables completion for $title in a new terminal',
    async ({ shell, before }) => {
      const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-installed-'));
      const server = await startScriptedServer(sessionsReply([{ sessionId: ID }]));
      try {
        writeLogins(join(folder, 'config'), server.origin);
        symlinkSync(BIN, join(folder, 'hpc-desk'));
        writeShellStart(shell, folder, before);
        const environment = { HOME: folder, SHELL: `/usr/bin/${shell}` };
        expect((await runBin(['completion', 'install'], { environment })).exitCode).toBe(0);

        const config = join(folder, 'config');
        const command = `env PATH=${folder}:$PATH HPC_DESK_CONFIG_DIR=${config} ${startCommand({ shell })}`;
        const texts = CASES.map(([text]) => text);
        const answers = await pressTab(command, folder, texts);
        expect(texts.map((text) => [text, answers.get(text)?.line])).toEqual(CASES);
      } finally {
        await server.close();
        rmSync(folder, { recursive: true });
      }
    },
    WITHIN_MS,
  );
});
