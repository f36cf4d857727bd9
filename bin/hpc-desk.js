#!/usr/bin/env node
'use strict';
// This file runs on Node 10 as well, so that it can say which Node the program needs.
const version = process.versions.node.split('.').map(Number);
const words = process.argv.slice(2);

if (isBefore([20, 18, 1])) refuse();
else if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) printVersion();
else start();

function isBefore(needed) {
  const index = needed.findIndex((number, place) => number !== version[place]);
  return index >= 0 && version[index] < needed[index];
}

function refuse() {
  console.error(
    `error: hpc-desk needs Node.js 20.18.1 or later, and this is ${process.versions.node}\n` +
      'hint: install a newer one: https://nodejs.org/en/download, or `nvm install 22`',
  );
  process.exitCode = 9;
}

function printVersion() {
  const line = `${require('../package.json').version}\n`;
  try {
    // process.stdout takes a seventh of Node's start.
    require('node:fs').writeSync(1, line);
  } catch (error) {
    if (error.code === 'EAGAIN') process.stdout.write(line);
    // A reader that went away is no failure.
    else if (error.code !== 'EPIPE') {
      process.exitCode = 1;
      console.error(`error: ${error.message}`);
    }
  }
}

function start() {
  const { restartInLittleSpace, useCompileCache } = require('../dist/prepare.js');
  if (restartInLittleSpace(process)) return;
  useCompileCache(process);
  if (words[0] === '__complete') require('../dist/complete.js').complete(process);
  else require('../dist/main.js').main(process);
}
