import type { AnyCommand } from '../../commands/command.js';
import type { TopicTexts } from '../../i18n/locale.js';
import {
  ENVIRONMENT,
  type EnvironmentGroup,
  type EnvironmentName,
} from '../../model/environment.js';
import { SETTING_NAMES, SETTINGS, type SettingDefinition } from '../../model/settings.js';
import { aboutExitCodes, aboutOutput } from './help-output-topics.js';
import { aboutViewers } from './help-viewers-topic.js';
import type { TopicName } from './help-wish.js';

/** One page of `help TOPIC`; whatever is a fact comes from the table that the program itself goes by. */
export interface Topic {
  readonly sections: readonly TopicSection[];
  readonly examples: readonly (readonly [line: string, caption: string])[];
}

export interface TopicSection {
  readonly title?: string;
  readonly paragraphs?: readonly string[];
  readonly rows?: readonly TopicRow[];
}

export type TopicRow = readonly [term: string, description: string];

export function makeTopic(
  name: TopicName,
  texts: TopicTexts,
  commands: readonly AnyCommand[],
): Topic {
  switch (name) {
    case 'environment':
      return aboutEnvironment(texts.environment);
    case 'exit-codes':
      return aboutExitCodes(texts.exitCodes);
    case 'output':
      return aboutOutput(texts.output, commands);
    case 'proxy':
      return aboutProxy(texts);
    case 'vnc-viewers':
      return aboutViewers(texts.viewers);
  }
}

function aboutEnvironment(texts: TopicTexts['environment']): Topic {
  const groups = Object.entries(texts.groups) as [EnvironmentGroup, string][];
  const settings = SETTING_NAMES.flatMap((name): TopicRow[] => {
    const { environment }: SettingDefinition = SETTINGS[name];
    return environment === undefined ? [] : [[environment, texts.settings[name]]];
  });
  return {
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.settingsTitle, rows: settings },
      ...groups.map(([group, title]) => ({ title, rows: variablesOf(group, texts.variables) })),
    ],
    examples: [
      ['HPC_DESK_TOKEN="$TOKEN" hpc-desk vnc list --json', texts.examples.token],
      ['HPC_DESK_LANG=zh hpc-desk doctor', texts.examples.lang],
    ],
  };
}

function variablesOf(
  group: EnvironmentGroup,
  texts: TopicTexts['environment']['variables'],
): readonly TopicRow[] {
  const names = Object.keys(ENVIRONMENT) as EnvironmentName[];
  return names.filter((name) => ENVIRONMENT[name] === group).map((name) => [name, texts[name]]);
}

function aboutProxy({ proxy: texts, environment }: TopicTexts): Topic {
  const rules = Object.values(texts.rules) as readonly TopicRow[];
  return {
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.variablesTitle, rows: variablesOf('network', environment.variables) },
      { title: texts.rulesTitle, rows: rules },
      { paragraphs: [texts.ssh, texts.tls] },
    ],
    examples: [['HTTPS_PROXY=http://127.0.0.1:3128 hpc-desk doctor', texts.examples.doctor]],
  };
}
