// Writes the licence notices of all packages in the bundler's list of inputs.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
]);

// noVNC is unmodified. The MPL (section 3.2) requires its text and the location of the source; minification removes the
// notices, and some parts have other licences.
const NOVNC = {
  license: 'MPL-2.0',
  files: ['LICENSE.txt', 'AUTHORS', 'docs/LICENSE.MPL-2.0', 'vendor/pako/LICENSE'],
  headers: ['core/crypto/des.js'],
  source: (version) =>
    `Its source, unchanged: https://registry.npmjs.org/@novnc/novnc/-/novnc-${version}.tgz\nand https://github.com/novnc/noVNC/tree/v${version}`,
};

// Third-party parts of packages that their own licence does not mention; the texts are in .ci/licences.
const CARRIED = {
  undici: [
    { title: 'lib/llhttp is llhttp (MIT, https://github.com/nodejs/llhttp)', file: 'llhttp.txt' },
  ],
};

/** The files that the bundler has included, as paths relative to the project folder. */
export function bundledFiles(root, output) {
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds);
  return modules.filter(path.isAbsolute).map((file) => path.relative(root, file));
}

export async function writeNotices(root, inputs, file) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = [];
  for (const folder of [...folders].sort()) notices.push(await noticeOf(path.join(root, folder)));
  await writeFile(file, `${notices.join('\n\n')}\n`);
}

function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  if (name === '@novnc/novnc') return noticeOfNovnc(folder, name, version, license);
  if (!ALLOWED.has(license)) throw new Error(`${name}: licence ${license} is not in the list`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  // The licence requires its text.
  if (texts.length === 0) throw new Error(`${name}: no text of its licence`);
  const carried = await Promise.all((CARRIED[name] ?? []).map(noticeOfPart));
  return [heading(name, version, license), texts.join('\n').trim(), ...carried].join('\n');
}

async function noticeOfPart({ title, file }) {
  const text = await readFile(path.join(import.meta.dirname, 'licences', file), 'utf8');
  return `\n${title}:\n\n${text.trim()}`;
}

async function noticeOfNovnc(folder, name, version, license) {
  if (license !== NOVNC.license)
    throw new Error(`${name}: licence ${license}, not ${NOVNC.license}`);
  const read = (file) => readFile(path.join(folder, file), 'utf8');
  const texts = await Promise.all(NOVNC.files.map(read));
  const headers = (await Promise.all(NOVNC.headers.map(read))).map(
    (text) => /^\/\*[\s\S]*?\*\//.exec(text)[0],
  );
  return [heading(name, version, license), NOVNC.source(version), ...texts, ...headers]
    .join('\n\n')
    .trim();
}

function heading(name, version, license) {
  const title = `${name} ${version} (${license})`;
  return `${title}\n${'-'.repeat(title.length)}`;
}
