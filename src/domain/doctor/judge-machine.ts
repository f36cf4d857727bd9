import { isDeskError } from '../../errors/desk-error.js';
import type { Facts } from './facts.js';
import { type Finding, fail, failure, pass, skip, warn } from './finding.js';
import { judge } from './judge.js';

export function judgeFolder({ folder }: Facts): Finding {
  return judge(folder, ({ path, exists, isWritable }) => {
    if (!isWritable) return fail('folder.readOnly', { path });
    return exists ? pass('folder.private', { path }) : pass('folder.absent', { path });
  });
}

export function judgeSettings({ settings }: Facts): Finding {
  return judge(settings, (values) => {
    const set = Object.entries(values).filter(([, { source }]) =>
      /^(settings|env|option)$/.test(source),
    );
    return pass('settings.valid', { set: set.map(([name]) => name) });
  });
}

export function judgeTerminal({ terminal, operatingSystem }: Facts): Finding {
  return judge(terminal, ({ isTerminal, isDumb, isHidden, columns, hasColor, locale }) => {
    if (isHidden) return warn('terminal.hidden', {});
    if (!isTerminal) return skip('terminal.piped', {});
    if (isDumb) return pass('terminal.dumb', {});
    const isUtf8 = operatingSystem === 'win32' || locale === undefined || /utf-?8/i.test(locale);
    return isUtf8
      ? pass('terminal.usable', { columns, hasColor })
      : warn('terminal.notUtf8', { locale });
  });
}

export function judgeFreePort({ freePort }: Facts): Finding {
  return judge(
    freePort,
    (port) => pass('freePort.found', { port }),
    (error) => {
      if (isDeskError(error, 'bug.unexpected')) {
        return fail('freePort.none', { reason: error.details.reason });
      }
      // A viewer that takes a socket needs no port.
      return failure(error, isDeskError(error, 'tunnel.peersUnknown') ? 'warn' : 'fail');
    },
  );
}

export function judgeTemporaryFolder({ temporaryFolder }: Facts): Finding {
  return judge(temporaryFolder, ({ path, used, reason }) => {
    if (used === undefined) return fail('temporaryFolder.none', { path, reason });
    return used === path
      ? pass('temporaryFolder.usable', { path })
      : warn('temporaryFolder.replaced', { path, used });
  });
}
