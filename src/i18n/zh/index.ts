import type { Messages } from '../messages.js';
import { commands } from './commands.js';
import { common } from './common.js';
import { doctor, findings } from './doctor.js';
import { errors } from './errors.js';
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
