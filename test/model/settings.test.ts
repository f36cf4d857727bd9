import { describe, expect, it } from 'vitest';
import {
  defaultSetting,
  parseSetting,
  SETTING_NAMES,
  SETTINGS,
  type SettingDefinition,
} from '../../src/model/settings.js';

it.each([
  ['apiUrl', ['https://a.example:65051', 'http://127.0.0.1:1'], ['', 'a.example', 'ftp://a']],
  ['platformUrl', ['https://www.scnet.cn'], ['https://a b']],
  ['authUrl', ['https://api.scnet.cn'], ['https://me@api.scnet.cn']],
  ['profile', ['default', 'a.b-C_1', 'a'.repeat(64)], ['', 'a b', '../x', 'a'.repeat(65), '配置']],
  ['via', ['login.example', 'me@[::1]:22'], ['', '-oProxyCommand=id', 'a b']],
  ['viewer', ['auto', 'none', 'tigervnc', '/opt/v w'], ['']],
  ['lang', ['en', 'zh', 'zh_CN', 'zh-Hans', 'en_US.UTF-8'], ['', 'fr', 'zhx', 'zh CN']],
  ['timeout', ['90s', '10m', '60'], ['', '0', 'soon']],
  ['timeZone', ['Asia/Shanghai', 'UTC'], ['', 'Mars/Olympus']],
  ['notify', ['on', 'off'], ['', 'yes', 'ON', 'true', '1']],
  ['sweepHour', ['0', '9', '19', '20', '23'], ['', '24', '-1', '1.5', '001']],
] as const)('%s accepts valid values and rejects others', (name, good, bad) => {
  expect(good.filter((value) => parseSetting(name, value)?.text !== value)).toEqual([]);
  expect(bad.filter((value) => parseSetting(name, value) !== undefined)).toEqual([]);
});

describe.each(SETTING_NAMES)('%s', (name) => {
  const definition: SettingDefinition = SETTINGS[name];

  it('accepts its own default', () => {
    const { text, source } = defaultSetting(name);
    const expected = definition.fallback === undefined ? 'unset' : 'default';
    expect([text, source]).toEqual([definition.fallback, expected]);
  });

  it('has an environment variable named after it, if any', () => {
    const ofName = `HPC_DESK_${name.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`;
    expect(definition.environment ?? ofName).toBe(ofName);
  });
});
