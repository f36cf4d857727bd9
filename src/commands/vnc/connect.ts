import { defineCommand, helpOf } from '../command.js';
import { selectorArgument } from '../options.js';
import { connectOptions, readConnectOptions } from './connect-options.js';
import { viewReady } from './connect-view.js';

/** Connects to the desktop: session, route, RFB greeting, viewer or page; runs until one of them ends. */
export const connect = defineCommand({
  path: ['vnc', 'connect'],
  help: helpOf('desktops', (messages) => messages.vnc.connect, {
    example: 'hpc-desk vnc connect',
    exampleVia: 'hpc-desk vnc connect --via me@login.example:65023',
    exampleIdentity:
      'hpc-desk vnc connect --identity me_login.example_RsaKeyExpireTime_2027-01-31_12-00-00.txt',
    exampleWeb: 'hpc-desk vnc connect --web',
    exampleForward: 'hpc-desk vnc connect --detach --viewer none --local-port 5901',
  }),
  arguments: [selectorArgument],
  options: connectOptions,

  parse: readConnectOptions,

  async run(context, options) {
    const { runConnect } = await import('./run-connect.js');
    return runConnect(context, options);
  },

  output: {
    fields: [
      'mode',
      'sessionId',
      'target',
      'route',
      'via',
      'address',
      'port',
      'url',
      'viewer.id',
      'viewer.path',
      'id',
    ],
    extraFields: ['tunnel.argv', 'viewer.argv', 'shell', 'commands.posix', 'commands.powershell'],
    rows: (result) =>
      'commands' in result ? result.commands[result.shell].map((line) => [line]) : undefined,
  },
  view: (result, ui) =>
    'commands' in result
      ? result.commands[result.shell].map(ui.theme.plain).join('\n')
      : viewReady(result, ui),
});
