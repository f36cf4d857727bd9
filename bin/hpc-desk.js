#!/usr/bin/env node
'use strict';
// Kept in CommonJS, and loading no more than it must: both for the time to start.
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
  const load = require('./load.js');
  if (words[0] === '__complete') load('complete.js').complete(process);
  else load('main.js').main(process);
}
