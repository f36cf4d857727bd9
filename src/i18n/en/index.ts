import { ask, prompts } from './ask.js';
import { commands } from './commands.js';
import { common } from './common.js';
import { connect } from './connect.js';
import { doctor } from './doctor.js';
import { errors } from './errors.js';
import { findings } from './findings.js';
import { notices } from './notices.js';
import { open } from './open.js';
import { progress } from './progress.js';
import { screen } from './screen.js';

export const en = {
  ...common,
  ...commands,
  ...doctor,
  findings,
  open,
  notices,
  ask,
  prompts,
  connect,
  progress,
  screen,
  errors,
};
