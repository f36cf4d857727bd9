/** Flags needed before parsing, so that even usage errors have the right format and language. */
export function readEarlyFlags(words: readonly string[]) {
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  const has = (...names: string[]) => options.some((word) => names.includes(word));
  const findValue = (name: string) => {
    const index = options.lastIndexOf(name);
    const joined = options.findLast((word) => word.startsWith(`${name}=`));
    return joined?.slice(name.length + 1) ?? (index === -1 ? undefined : options[index + 1]);
  };
  return {
    isJson:
      has('--json', '-ojson') || findValue('--output') === 'json' || findValue('-o') === 'json',
    isQuiet: has('--quiet', '-q'),
    isDebug: has('--debug'),
    color: has('--no-color') ? false : has('--color') ? true : undefined,
    lang: findValue('--lang'),
  };
}
