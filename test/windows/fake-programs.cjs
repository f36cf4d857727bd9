// ssh.exe and vncviewer.exe in one program, which does what its own name says and writes down its arguments.
// It becomes a Windows program by Node's single executable applications (.ci/windows).
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
    // One that ends sooner than anybody could have looked is taken for one that failed.
    setTimeout(() => process.exit(0), 5_000);
  });
}
