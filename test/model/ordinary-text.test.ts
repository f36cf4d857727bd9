import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { isOrdinary, ordinaryWidth } from '../../src/model/ordinary-text.js';

const BMP = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
const ordinary = BMP.filter(isOrdinary);
/** What must not reach a terminal, is drawn as nothing, or changes what stands beside it. */
const SPECIAL = /[\p{Control}\p{Default_Ignorable_Code_Point}\p{Surrogate}\p{Mark}\p{Separator}]/u;
/** What some terminal reads from right to left, or joins with its neighbours. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hangul}\p{Emoji_Component}\p{Script=Thai}]/u;

describe('ordinary', () => {
  it('are ASCII and the signs of Chinese texts, and of others only some punctuation', () => {
    const others = ordinary.filter((sign) => !/[ -~\p{Unified_Ideograph}]/u.test(sign));
    expect(others.join('')).toMatchInlineSnapshot(
      `"§×‘’“”•…←↑→↓⏎、。〃〄々〆〇〈〉《》「」『』【】〔〕！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～"`,
    );
  });

  it('is nothing that has to be escaped, joins, or turns the direction', () => {
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
  ])('is not %j', (text) => {
    expect([isOrdinary(text), isOrdinary(`a${text}`), isOrdinary(`${text}。`)]).toEqual(
      Array(3).fill(false),
    );
  });
});

describe('the width of what is ordinary', () => {
  it('is what string-width says, sign by sign', () => {
    expect(ordinary.filter((sign) => ordinaryWidth(sign) !== stringWidth(sign))).toEqual([]);
  });

  it.each(['', 'vnc create', '会话（--json）', '“你好，世界！”…', '1×2', '、。〉】〔〕～'])(
    'is the same for a whole text: %s',
    (text) => {
      expect([isOrdinary(text), ordinaryWidth(text)]).toEqual([true, stringWidth(text)]);
    },
  );

  it('is the sum of its signs, for none takes room of another', () => {
    const some = ordinary.filter((_, index) => index % 97 === 0 || index < 130);
    const pairs = some.flatMap((one) =>
      ['a', '中', '！', ' '].flatMap((two) => [one + two, two + one]),
    );
    expect(pairs.filter((pair) => ordinaryWidth(pair) !== stringWidth(pair))).toEqual([]);
  });
});
