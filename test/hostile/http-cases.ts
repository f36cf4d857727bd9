import { CONTENT, STATUS } from './http-content-cases.js';
import { PROXY } from './http-proxy-cases.js';
import { SCHEMA } from './http-schema-cases.js';
import { TEXT } from './http-text-cases.js';
import { TOKENS } from './http-token-cases.js';
import { CLOSING, FRAMING, TIME } from './http-wire-cases.js';

/** All families except `SIZE` and `TLS`, which need their own process. */
export const FAMILIES = {
  'a platform with broken framing': FRAMING,
  'a slow platform': TIME,
  'a platform that closes the connection': CLOSING,
  'a platform with odd content': CONTENT,
  'a platform with odd fields': SCHEMA,
  'a platform with odd tokens': TOKENS,
  'a platform with an odd status': STATUS,
  'a platform that sends terminal control sequences': TEXT,
  'a proxy': PROXY,
} as const;
