import type { Plugin } from 'esbuild';

export function spareParts(root: string): { readonly plugin: Plugin; checkAllMet(): void };
