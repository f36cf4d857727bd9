import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Store } from './store.js';

export interface FolderFacts {
  readonly path: string;
  readonly exists: boolean;
  /** Whether something can be stored there, now or after it is made. */
  readonly isWritable: boolean;
}

/**
 * Reads both files of a store, which also makes sure that they and their folder are shut to others; changes no content.
 *
 * @throws store.damaged, store.unsafe, store.unusable
 */
export async function lookAtFolder(store: Store): Promise<FolderFacts> {
  const path = store.folder;
  await store.settings.read();
  for (const profile of await store.credentials.list()) await store.credentials.load(profile);
  return { path, exists: existsSync(path), isWritable: isWritable(nearestExisting(path)) };
}

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : nearestExisting(parent);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
