import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../process/child-environment.js';
import type { StdioForwardOptions } from './arguments.js';

type PromptOptions = Pick<StdioForwardOptions, 'mayAsk'> & {
  readonly environment: Environment;
  /** A program that answers nothing. */
  readonly askpass?: string | undefined;
};

/** As for reasons of ssh (`classifyFailure`). */
const MAX_QUESTION = 300;

/**
 * Start options that permit or forbid prompts. BatchMode does not reach the ssh of a ProxyJump, so without prompts
 * there is no terminal either; ssh would then use the user's SSH_ASKPASS, so it gets ours or none (before OpenSSH 8.4
 * DISPLAY decides, whatever it is; ssh(1), ENVIRONMENT).
 */
export function promptOptions({ mayAsk, environment, askpass }: PromptOptions) {
  const silent =
    askpass === undefined
      ? { DISPLAY: undefined, SSH_ASKPASS: undefined, SSH_ASKPASS_REQUIRE: 'never' }
      : { DISPLAY: 'none', SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' };
  return {
    environment: mayAsk ? environment : { ...environment, ...silent },
    hasTerminal: mayAsk,
  };
}

/**
 * An SSH_ASKPASS (ssh(1)) that ends the ssh that asks: BatchMode is not passed to the ssh of a ProxyJump, which would
 * try empty passwords without a terminal. To confirm a host key needs no such end, and a notice that a security key
 * waits has no answer.
 */
const ASKPASS = `#!/bin/sh
unset -f printf kill
[ "$SSH_ASKPASS_PROMPT" = none ] && exit
case $1 in *authenticity*) exit 1 ;; esac
printf %s "$1" >"\${0%/*}/question"
kill -TERM "$PPID"
`;

/** Returns its path; undefined where nothing may be executed, as in a folder mounted with `noexec`. */
export function writeAskpass(folder: string): string | undefined {
  const path = join(folder, 'askpass');
  try {
    writeFileSync(path, ASKPASS, { mode: 0o700 });
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

/** What `ASKPASS` was asked. */
export function readQuestion(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'question'), 'utf8').slice(0, MAX_QUESTION);
  } catch {
    return undefined;
  }
}
