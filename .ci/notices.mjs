// Writes THIRD_PARTY_NOTICES from the bundler's own list of inputs, so that no bundled line goes without its licence.
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

export async function writeNotices(root, inputs) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = [];
  for (const folder of [...folders].sort()) notices.push(await noticeOf(path.join(root, folder)));
  await writeFile(path.join(root, 'THIRD_PARTY_NOTICES'), `${notices.join('\n\n')}\n`);
}

function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  if (!ALLOWED.has(license)) throw new Error(`${name}: licence ${license} is not in the list`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  const title = `${name} ${version} (${license})`;
  return `${title}\n${'-'.repeat(title.length)}\n${texts.join('\n').trim() || `Licensed under ${license}.`}`;
}
