import { CONTENT, STATUS } from './http-content-cases.js';
import { PROXY } from './http-proxy-cases.js';
import { SCHEMA } from './http-schema-cases.js';
import { TEXT } from './http-text-cases.js';
import { TOKENS } from './http-token-cases.js';
import { CLOSING, FRAMING, TIME } from './http-wire-cases.js';

/** All families but `SIZE` and `TLS`, which need a process of their own. */
export const FAMILIES = {
  'a platform with broken framing': FRAMING,
  'a platform that takes its time': TIME,
  'a platform that hangs up': CLOSING,
  'a platform with odd content': CONTENT,
  'a platform with odd fields': SCHEMA,
  'a platform with odd tokens': TOKENS,
  'a platform with an odd status': STATUS,
  'a platform that drives the terminal': TEXT,
  'a proxy': PROXY,
} as const;
