import { chooseLocale, loadMessages } from '../../i18n/locale.js';
import { locateFolder } from '../../store/folder.js';
import { ignoreErrors } from '../../store/ignore-errors.js';
import { readJsonQuietly } from '../../store/json-file.js';
import { createRedactor } from '../../view/redact.js';
import { PLAIN_THEME } from '../../view/theme.js';
import { readEarlyFlags } from '../parse/early-flags.js';
import type { ProcessContext } from './process-context.js';
import { readTerminal } from './terminal.js';
import { createTimings } from './timings.js';
import { createTrace } from './trace.js';
import { createWriter } from './writer.js';

/** Messages, streams and flags of a run, independent of the command. */
export type IOStreams = Awaited<ReturnType<typeof openStreams>>;

/** @param onClosed - Called when stdout fails (EPIPE, ENOSPC). */
export async function openStreams(processContext: ProcessContext, onClosed: () => void) {
  const { environment, systemLocale } = processContext;
  const flags = readEarlyFlags(processContext.arguments);
  const redactor = createRedactor();
  const terminal = async (stream: ProcessContext['stdout']) => {
    const facts = readTerminal(stream, environment, flags.color);
    if (!facts.hasColor) return { ...facts, theme: PLAIN_THEME };
    const { createColourTheme } = await import('../../view/colour-theme.js');
    return { ...facts, theme: createColourTheme() };
  };
  const chosen = flags.lang ?? (environment.HPC_DESK_LANG || readLangSetting(processContext));
  const locale = chooseLocale({ chosen, environment, systemLocale });
  const messages = await loadMessages(locale);
  const isDebug = flags.isDebug || Boolean(environment.HPC_DESK_DEBUG);
  const writer = createWriter(processContext.stdout, processContext.stderr, redactor, onClosed);
  return {
    processContext,
    flags: { ...flags, isDebug },
    locale,
    messages,
    writer,
    // `performance` would load a module of Node first.
    timings: createTimings(() => Number(process.hrtime.bigint()) / 1e6),
    trace: createTrace(processContext, redactor.redact, isDebug ? writer.message : undefined),
    stdout: await terminal(processContext.stdout),
    stderr: await terminal(processContext.stderr),
    keepSecret: redactor.keep,
    redact: redactor.redact,
  };
}

/** Part of every run, hence fast; an invalid file is reported by the code that needs it. */
function readLangSetting(processContext: ProcessContext): string | undefined {
  const folder = ignoreErrors(() => locateFolder(processContext));
  const lang = folder && readJsonQuietly(folder, 'settings', processContext.userId)?.entries.lang;
  return typeof lang === 'string' ? lang : undefined;
}
