import { maybe } from '../maybe.js';
import type { UsageErrorTexts } from '../messages.js';
import { neededInputs, tokenProblems } from './words.js';

const help = 'hpc-desk --help';

export const usageErrors: UsageErrorTexts = {
  'usage.unknownCommand': ({ word, suggestion }) => ({
    message: `there is no command “${word}”`,
    hint: suggestion === undefined ? help : `did you mean “${suggestion}”?`,
  }),
  'usage.unknownOption': ({ option, suggestion }) => ({
    message: `there is no option “${option}”`,
    hint:
      suggestion === undefined ? 'add --help to see the options' : `did you mean “${suggestion}”?`,
  }),
  'usage.missingCommand': ({ group }) => ({
    message: `“${group}” needs one more word`,
    hint: `hpc-desk ${group} --help`,
  }),
  'usage.missingArgument': ({ argument }) => ({
    message: `the argument <${argument}> is missing`,
    hint: 'add --help to see how the command is used',
  }),
  'usage.missingValue': ({ option }) => ({ message: `the option ${option} needs a value` }),
  'usage.missingOption': ({ option, example }) => ({
    message: `the option ${option} is missing`,
    hint: example,
  }),
  'usage.tooManyArguments': ({ word }) => ({
    message: `“${word}” is one word too many`,
    hint: 'add --help to see how the command is used',
  }),
  'usage.invalidValue': ({ name, value, expected, suggestion }) => ({
    message: `“${value}” is not a value of ${name}; expected ${expected}`,
    ...maybe(suggestion, (word) => `did you mean “${word}”?`),
  }),
  'usage.conflict': ({ first, second }) => ({
    message: `${first} and ${second} cannot be used together`,
  }),
  'usage.unknownField': ({ field, fields, suggestion }) => ({
    message: `there is no field “${field}”; there are ${fields.join(', ')}`,
    ...maybe(suggestion, (word) => `did you mean “${word}”?`),
  }),
  'usage.formatNotOffered': ({ format }) => ({
    message: `this command has no output in the format “${format}”`,
    hint: 'use --json',
  }),
  'usage.unknownSetting': ({ key, suggestion }) => ({
    message: `there is no setting “${key}”`,
    hint: suggestion === undefined ? 'hpc-desk config list' : `did you mean “${suggestion}”?`,
  }),
  'usage.secretInArguments': ({ option, instead }) => ({
    message: `${option} is refused: other users of this machine can read the arguments of a program`,
    hint: `use ${instead}`,
  }),
  'usage.needsInput': ({ what, example }) => ({
    message: `${neededInputs[what]} is needed, and there is no terminal to ask on`,
    hint: example,
  }),
  'usage.invalidToken': ({ problem }) => ({
    message: `this is no token: ${tokenProblems[problem]}`,
    hint: 'copy the whole token, on one line, and try again',
  }),
  'usage.needsTerminal': ({ option }) => ({
    message: `${option} draws on a terminal, and the output goes elsewhere`,
  }),
  'usage.bytesToTerminal': ({ option }) => ({
    message: `${option} would write the bytes of a picture to the terminal`,
    hint: 'name a file, or pipe it on: … | PROGRAM',
  }),
  'usage.fileExists': ({ path }) => ({
    message: `${path} exists already and is not overwritten`,
    hint: 'name another file with --file',
  }),
  'usage.plainHttp': ({ url }) => ({
    message: `${url} is plain http: the token would travel in clear text`,
    hint: 'use https, or add --allow-http to “hpc-desk login” if you accept that',
  }),
};
