// Runs a command on the console of its caller, writes its exit code to a file, and is not ended by Ctrl-C itself:
// `node wait-for-ctrl-c.cjs STDOUT STDERR EXIT_CODE ARGUMENT...`.
const { spawn } = require('node:child_process');
const { openSync, writeFileSync } = require('node:fs');

const [stdout, stderr, exitCode, ...words] = process.argv.slice(2);
process.on('SIGINT', () => {});
const stdio = ['ignore', openSync(stdout, 'w'), openSync(stderr, 'w')];
spawn(process.execPath, words, { stdio }).on('exit', (code) => writeFileSync(exitCode, `${code}`));
