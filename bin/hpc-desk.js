#!/usr/bin/env node
'use strict';
// One file in CommonJS, loading no more than it must: all for the time to start.
const { readFileSync, renameSync, rmSync, writeFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '../dist');
/** What is smaller compiles faster than another file is read. */
const WORTH_KEEPING_CHARACTERS = 20_000;
const loaded = new Map();
const unkept = [];

const words = process.argv.slice(2);
const isHelp = words.length === 0 || words.some((word) => /^(-h|--help|help)$/.test(word));
/** Runs of a kind use the same functions, more or less; each kind keeps what V8 made of them by itself. */
const kind = isHelp ? 'help' : words.includes('vnc') ? 'vnc' : 'other';
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) printVersion();
else if (words[0] === '__complete') load('complete.js').complete(process);
else load('main.js').main(process);

function printVersion() {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
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
}

/**
 * Loads a file of the built program, with what V8 made of it the last time. That is kept beside the program, because
 * whoever can write there could change the program itself; where it cannot be written, nothing is kept.
 */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const filename = join(FOLDER, name);
  // The build writes ASCII, and the function around it.
  const source = readFileSync(filename, 'utf8');
  const run = compile(source, filename).runInThisContext();
  run.call(module.exports, module.exports, requireFrom, module, filename, FOLDER);
  return module.exports;
}

/** The program's files require each other and Node's own modules, and nothing else. */
function requireFrom(id) {
  return id.startsWith('./') ? load(id.slice(2)) : require(id);
}

function compile(source, filename) {
  const { Script } = require('node:vm');
  if (source.length < WORTH_KEEPING_CHARACTERS) return new Script(source, { filename });
  // The build begins each file with a digest of it.
  const digest = /^\/\*(\w+)\*\//.exec(source)?.[1];
  const kept = `${filename}-${digest}-${process.version}-${process.arch}-${kind}.cache`;
  const script = new Script(source, { filename, cachedData: readKept(kept) });
  // Not there, damaged, or made with other flags of V8: the last one who came decides.
  if (script.cachedDataRejected !== false) {
    if (unkept.length === 0) process.on('exit', keep);
    unkept.push([script, kept]);
  }
  return script;
}

/** V8 runs what it is given, damaged or not. So it is kept twice, and good when both are the same and not just zeros. */
function readKept(file) {
  try {
    const twice = readFileSync(file);
    const half = twice.length / 2;
    const [once, again] = [twice.subarray(0, half), twice.subarray(half)];
    return once.equals(again) && once.readUInt32LE() !== 0 ? once : undefined;
  } catch {
    return undefined;
  }
}

/** At the end, when it also holds the functions that were used. */
function keep() {
  for (const [script, kept] of unkept) {
    const staged = `${kept}.${process.pid}`;
    try {
      const once = script.createCachedData();
      writeFileSync(staged, Buffer.concat([once, once]), { flag: 'wx' });
      renameSync(staged, kept);
    } catch {
      rmSync(staged, { force: true });
      return;
    }
  }
}
