#!/usr/bin/env node
'use strict';
// Kept in CommonJS, and loading no more than it must: both for the time to start.
const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  const { readFileSync, writeSync } = require('node:fs');
  const { version } = JSON.parse(readFileSync(`${__dirname}/../package.json`, 'utf8'));
  try {
    // Node's own stream costs a seventh of its start.
    writeSync(1, `${version}\n`);
  } catch ({ code, message }) {
    if (code === 'EAGAIN') process.stdout.write(`${version}\n`);
    // A reader that went away is no failure.
    else if (code !== 'EPIPE') {
      process.exitCode = 1;
      process.stderr.write(`error: ${message}\n`);
    }
  }
} else {
  const load = require('./load.js');
  if (words[0] === '__complete') load('complete.js').complete(process);
  else load('main.js').main(process);
}
