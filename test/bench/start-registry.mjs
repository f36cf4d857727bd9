import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';

const MAX_TARBALL_BYTES = 64 * 1024 * 1024;

/**
 * An npm registry on 127.0.0.1 with packages from folders: name → version → packed bytes. `pack(folder)` adds one;
 * `packAll(folder, names)` adds packages from the `node_modules` of a project, with their dependencies.
 */
export async function startRegistry() {
  const packages = new Map();
  const server = createServer(({ url }, response) => {
    const [name, version] = decodeURIComponent(url).slice(1).split('/-/');
    const versions = packages.get(name);
    if (versions === undefined) return response.writeHead(404).end();
    if (version !== undefined) return response.end(versions.get(version).bytes);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(describePackage(name, versions, urlOf(server))));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function pack(folder) {
    const about = await readPackage(folder);
    const versions = packages.get(about.name) ?? new Map();
    packages.set(about.name, versions);
    if (!versions.has(about.version)) {
      versions.set(about.version, { about, bytes: await packFolder(folder) });
    }
    return about;
  }

  async function packAll(folder, names) {
    for (const name of names) {
      const found = await findPackage(folder, name);
      const { dependencies = {} } = await pack(found);
      await packAll(found, Object.keys(dependencies));
    }
  }

  return { url: urlOf(server), pack, packAll, close: () => server.close() };
}

function urlOf(server) {
  return `http://127.0.0.1:${server.address().port}`;
}

function describePackage(name, versions, url) {
  const described = [...versions].map(([version, { about }]) => {
    const { dependencies, bin, engines } = about;
    const dist = { tarball: `${url}/${encodeURIComponent(name)}/-/${version}` };
    return [version, { name, version, dependencies, bin, engines, dist }];
  });
  const latest = [...versions.keys()].at(-1);
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(described) };
}

/** Finds a package like Node: in the folder itself, then in its parents. */
async function findPackage(folder, name) {
  const found = path.join(folder, 'node_modules', name);
  if ((await readdir(found).catch(() => [])).includes('package.json')) return found;
  const above = path.dirname(folder);
  if (above === folder) throw new Error(`${name} is not installed`);
  return findPackage(above, name);
}

async function readPackage(folder) {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
}

async function packFolder(folder) {
  const argv = [
    '-cz',
    '--exclude=./node_modules',
    '--transform=s,^[.],package,',
    '-C',
    folder,
    '.',
  ];
  const options = { encoding: 'buffer', maxBuffer: MAX_TARBALL_BYTES };
  return (await promisify(execFile)('tar', argv, options)).stdout;
}
