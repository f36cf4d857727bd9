import type { Messages } from '../messages.js';
import { commands } from './commands.js';
import { common } from './common.js';
import { doctor } from './doctor.js';
import { errors } from './errors.js';
import { findings } from './findings.js';
import { ask, notices, progress, prompts } from './progress.js';

export const zh: Messages = {
  ...common,
  ...commands,
  ...doctor,
  findings,
  notices,
  ask,
  prompts,
  progress,
  errors,
};
