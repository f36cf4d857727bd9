import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';

// Tests that need no Unix shell, socket or signal and no second user.
const include = [
  'test/{errors,i18n,model,web}/**/*.test.ts',
  'test/{domain,platform}/**/*.test.ts',
  'test/properties/{address,bridge,json,number,output,redaction,sid,ticket,value}.test.ts',
  'test/transport/{net,rfb}/**/*.test.ts',
  'test/view/{progress,redact,table,theme,ui,wrap-line}.test.ts',
];

const { projects: _, ...test } = base.test ?? {};

export default defineConfig({ ...base, test: { ...test, include, isolate: false, maxWorkers: 2 } });
