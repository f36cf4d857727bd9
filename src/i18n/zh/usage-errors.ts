import { maybe } from '../maybe.js';
import type { UsageErrorTexts } from '../messages.js';
import { neededInputs, tokenProblems } from './words.js';

const help = 'hpc-desk --help';

export const usageErrors: UsageErrorTexts = {
  'usage.unknownCommand': ({ word, suggestion }) => ({
    message: `没有“${word}”这个命令`,
    hint: suggestion === undefined ? help : `您是不是想输入“${suggestion}”？`,
  }),
  'usage.unknownOption': ({ option, suggestion }) => ({
    message: `没有“${option}”这个选项`,
    hint: suggestion === undefined ? '加 --help 查看可用选项' : `您是不是想输入“${suggestion}”？`,
  }),
  'usage.missingCommand': ({ group }) => ({
    message: `“${group}”后面还需要一个子命令`,
    hint: `hpc-desk ${group} --help`,
  }),
  'usage.missingArgument': ({ argument }) => ({
    message: `缺少参数 <${argument}>`,
    hint: '加 --help 查看用法',
  }),
  'usage.missingValue': ({ option }) => ({ message: `选项 ${option} 需要一个值` }),
  'usage.missingOption': ({ option, example }) => ({
    message: `缺少选项 ${option}`,
    hint: example,
  }),
  'usage.tooManyArguments': ({ word }) => ({
    message: `多了一个参数“${word}”`,
    hint: '加 --help 查看用法',
  }),
  'usage.invalidValue': ({ name, value, expected, suggestion }) => ({
    message: `“${value}”不是 ${name} 的有效值，应为 ${expected}`,
    ...maybe(suggestion, (word) => `您是不是想输入“${word}”？`),
  }),
  'usage.conflict': ({ first, second }) => ({ message: `${first} 与 ${second} 不能同时使用` }),
  'usage.unknownField': ({ field, fields, suggestion }) => ({
    message: `没有“${field}”这个字段，可用字段：${fields.join(', ')}`,
    ...maybe(suggestion, (word) => `您是不是想输入“${word}”？`),
  }),
  'usage.formatNotOffered': ({ format }) => ({
    message: `此命令不支持“${format}”输出格式`,
    hint: '请使用 --json',
  }),
  'usage.unknownSetting': ({ key, suggestion }) => ({
    message: `没有“${key}”这个设置项`,
    hint: suggestion === undefined ? 'hpc-desk config list' : `您是不是想输入“${suggestion}”？`,
  }),
  'usage.secretInArguments': ({ option, instead }) => ({
    message: `拒绝使用 ${option}：本机其他用户能看到程序的命令行参数`,
    hint: `请改用 ${instead}`,
  }),
  'usage.needsInput': ({ what, example }) => ({
    message: `需要提供${neededInputs[what]}，但当前没有可以提问的终端`,
    hint: example,
  }),
  'usage.invalidToken': ({ problem }) => ({
    message: `这不是有效的令牌：${tokenProblems[problem]}`,
    hint: '请在一行内完整复制令牌后重试',
  }),
  'usage.needsTerminal': ({ option }) => ({
    message: `${option} 需要在终端上绘制，而输出不是终端`,
  }),
  'usage.bytesToTerminal': ({ option }) => ({
    message: `${option} 会把图片的字节写到终端`,
    hint: '请指定文件，或用管道传递：… | 程序',
  }),
  'usage.fileExists': ({ path }) => ({
    message: `${path} 已存在，不会覆盖`,
    hint: '请用 --file 指定其他文件',
  }),
  'usage.plainHttp': ({ url }) => ({
    message: `${url} 是明文 http，令牌会以明文传输`,
    hint: '请使用 https；若确实接受风险，请在“hpc-desk login”后加 --allow-http',
  }),
};
