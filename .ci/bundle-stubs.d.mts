import type { Plugin } from 'rolldown';

export function bundleStubs(root: string): { readonly plugin: Plugin; checkAllMet(): void };
