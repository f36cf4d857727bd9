#!/usr/bin/env node
'use strict';
// Kept in CommonJS, and the version answered before anything is loaded: both for the time to start.
const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.on('error', ({ code, message }) => {
    // A reader that went away is no failure.
    if (code === 'EPIPE') return;
    process.exitCode = 1;
    process.stderr.write(`error: ${message}\n`);
  });
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  require('../dist/main.js').main(process);
}
