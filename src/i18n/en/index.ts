import { commands } from './commands.js';
import { common } from './common.js';
import { doctor, findings } from './doctor.js';
import { errors } from './errors.js';
import { ask, notices, progress, prompts } from './progress.js';

export const en = {
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
