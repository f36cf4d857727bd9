// ssh.exe and vncviewer.exe in one program, which acts by its own file name and logs its arguments.
// It is built as a single executable application of Node (.ci/windows).
const { appendFileSync } = require('node:fs');
const { connect } = require('node:net');
const { win32 } = require('node:path');

const name = win32.basename(process.execPath);
const words = process.argv.slice(2);
const log = (...line) => appendFileSync(process.env.FAKE_LOG, `${JSON.stringify(line)}\n`);

log(name, ...words);
if (name === 'ssh.exe') {
  const [, host, port] = /^(.+):(\d+)$/.exec(words[words.indexOf('-W') + 1]) ?? [];
  if (port === undefined) process.exit(255);
  const socket = connect(Number(port), host);
  process.stdin.pipe(socket).pipe(process.stdout);
  socket.on('error', () => process.exit(255)).on('close', () => process.exit(0));
} else {
  const [, host, port] = /^(.+)::(\d+)$/.exec(words.at(-1)) ?? [];
  connect(Number(port), host).once('data', (greeting) => {
    log('greeting', String(greeting));
    // A viewer that exits right after its start counts as failed.
    setTimeout(() => process.exit(0), 5_000);
  });
}
