import { DeskError } from '../errors/desk-error.js';
import { defineCommand, helpOf } from './command.js';
import { oneOf } from './options.js';

const DESKTOPS = ['auto', 'xvnc', 'builtin'] as const;

/** Runs a complete platform on 127.0.0.1, with a desktop for each session, until Ctrl-C. */
export const sandbox = defineCommand({
  path: ['sandbox'],
  help: helpOf('start', (messages) => messages.sandbox, {
    example: 'hpc-desk sandbox',
    exampleEnv: 'hpc-desk sandbox -o env > sandbox.env &',
  }),
  options: [
    {
      flags: '--desktop <KIND>',
      choices: DESKTOPS,
      summary: (messages) => messages.sandbox.desktop,
    },
    { flags: '--geometry <WIDTHxHEIGHT>', summary: (messages) => messages.sandbox.geometry },
  ],

  parse: (input) => ({
    desktop: oneOf('--desktop', input.text('--desktop') ?? 'auto', DESKTOPS),
    geometry: readGeometry(input.text('--geometry') ?? '1920x1080'),
  }),

  async run(context, options) {
    context.progress({ kind: 'startingSandbox' });
    const { startSandbox } = await import('../sandbox/start-sandbox.js');
    const { environment, signal } = context.runtime;
    const { now } = context.clock;
    const { description, closed } = await startSandbox({ ...options, environment, now, signal });
    return { ready: description, closed };
  },

  output: {
    fields: [
      'apiUrl',
      'platformUrl',
      'authUrl',
      'user',
      'password',
      'orgId',
      'accessKey',
      'secretKey',
      'cluster.id',
      'cluster.name',
      'token',
    ],
  },
  view: (description, ui) => {
    const { theme, messages } = ui;
    const { apiUrl, token, cluster } = description;
    const { labels } = messages;
    return [
      theme.good(messages.sandbox.ready),
      ui.fields([
        [labels.apiUrl, apiUrl],
        [labels.platformUrl, description.platformUrl],
        [labels.user, description.user],
        [labels.password, description.password],
        [labels.orgId, description.orgId],
        [labels.accessKey, description.accessKey],
        [labels.secretKey, description.secretKey],
        [labels.cluster, `${cluster.name} ${cluster.id}`],
      ]),
      '',
      theme.dim(messages.sandbox.tryThis),
      theme.plain(
        `echo ${token} | hpc-desk login --platform-url ${description.platformUrl} --token-stdin`,
      ),
      theme.plain('hpc-desk vnc connect'),
      '',
      theme.dim(messages.sandbox.howToEnd),
    ].join('\n');
  },
});

function readGeometry(text: string) {
  const [widthPx, heightPx] = (/^(\d{2,5})x(\d{2,5})$/.exec(text) ?? []).slice(1).map(Number);
  const isUsable = (px: number | undefined): px is number =>
    px !== undefined && px >= 64 && px <= 16384;
  if (isUsable(widthPx) && isUsable(heightPx)) return { widthPx, heightPx };
  const expected = 'WIDTHxHEIGHT (64…16384)';
  throw new DeskError('usage.invalidValue', { name: '--geometry', value: text, expected });
}
