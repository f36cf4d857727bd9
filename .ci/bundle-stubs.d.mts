import type { Plugin } from 'esbuild';

export function bundleStubs(root: string): { readonly plugin: Plugin; checkAllMet(): void };
