import type { NeededInput, TokenProblem } from '../../errors/codes.js';

export const tokenProblems: Record<TokenProblem, string> = {
  empty: '内容为空',
  blank: '中间有空格',
  lineBreak: '中间有换行',
  nonAscii: '含有可打印 ASCII 以外的字符',
  tooLong: '超过 8 KiB',
};

export const neededInputs: Record<NeededInput, string> = {
  credentials: '登录方式',
  token: '令牌',
  secretKey: 'Secret key',
  password: '密码',
};

export function joinWords(words: readonly string[]): string {
  return words.join('、');
}

/** The nearest word where there is one, else where to look. */
export function didYouMean(word: string | undefined, otherwise: string): string {
  return word === undefined ? otherwise : `您是不是想输入“${word}”？`;
}
