import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { isOrdinary, ordinaryWidth } from '../../src/model/ordinary-text.js';

const BMP = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
const ordinary = BMP.filter(isOrdinary);
/** Control, invisible and combining characters, surrogates and separators. */
const SPECIAL = /[\p{Control}\p{Default_Ignorable_Code_Point}\p{Surrogate}\p{Mark}\p{Separator}]/u;
/** Scripts that some terminals render right to left, and characters that join with their neighbours. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hangul}\p{Emoji_Component}\p{Script=Thai}]/u;

describe('ordinary characters', () => {
  it('are ASCII, Chinese characters and some punctuation', () => {
    const others = ordinary.filter((sign) => !/[ -~\p{Unified_Ideograph}]/u.test(sign));
    expect(others.join('')).toMatchInlineSnapshot(
      `"§×‘’“”•…←↑→↓⏎、。〃〄々〆〇〈〉《》「」『』【】〔〕！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～"`,
    );
  });

  it('exclude those that need escaping, join or change the direction', () => {
    expect(ordinary.filter((sign) => sign !== ' ' && SPECIAL.test(sign))).toEqual([]);
    expect(ordinary.filter((sign) => !/[#*\d]/.test(sign) && JOINING.test(sign))).toEqual([]);
  });

  it.each([
    '\x1b[1m',
    'a\tb',
    'e\u0301',
    '\u202e',
    '\ud842',
    '한국',
    '\u{1f600}',
    '\u200b',
    '\u3000',
  ])('do not include %j', (text) => {
    expect([isOrdinary(text), isOrdinary(`a${text}`), isOrdinary(`${text}。`)]).toEqual(
      Array(3).fill(false),
    );
  });
});

describe('the width of ordinary text', () => {
  it('equals that of string-width for each character', () => {
    expect(ordinary.filter((sign) => ordinaryWidth(sign) !== stringWidth(sign))).toEqual([]);
  });

  it.each(['', 'vnc create', '会话（--json）', '“你好，世界！”…', '1×2', '、。〉】〔〕～'])(
    'equals that of string-width for a string: %s',
    (text) => {
      expect([isOrdinary(text), ordinaryWidth(text)]).toEqual([true, stringWidth(text)]);
    },
  );

  it('equals that of string-width for pairs of characters', () => {
    const some = ordinary.filter((_, index) => index % 97 === 0 || index < 130);
    const pairs = some.flatMap((one) =>
      ['a', '中', '！', ' '].flatMap((two) => [one + two, two + one]),
    );
    expect(pairs.filter((pair) => ordinaryWidth(pair) !== stringWidth(pair))).toEqual([]);
  });
});
