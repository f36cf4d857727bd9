import type { LinkProfile } from '../transport.js';

/** The switches whose condition holds, in order. */
export function switches(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(conditions).filter((name) => conditions[name]);
}

/** A program below both `Program Files` folders of Windows. */
export function programFiles(path: string): string[] {
  return [`%ProgramFiles%\\${path}`, `%ProgramFiles(x86)%\\${path}`];
}

/** The programs of a macOS application, for all users or one. */
export function application(bundle: string): string[] {
  return [`/Applications/${bundle}/Contents/MacOS/*`, `~/Applications/${bundle}/Contents/MacOS/*`];
}

/** The launcher that Flatpak exports for an application, for all users or one (flatpak(1), "FILES"). */
export function flatpak(id: string): string[] {
  return [`/var/lib/flatpak/exports/bin/${id}`, `~/.local/share/flatpak/exports/bin/${id}`];
}

/** Levels of Tight encoding, 0…9: the JPEG quality and compression level pseudo-encodings (rfbproto of the community). */
interface TightLevels {
  readonly quality: number;
  readonly compression: number;
}

const TIGHT_LEVELS: Readonly<Record<LinkProfile, TightLevels>> = {
  slow: { quality: 4, compression: 6 },
  lan: { quality: 9, compression: 1 },
};

/** What a viewer is told of Tight encoding for a link; nothing without one. */
export function tight(
  link: LinkProfile | undefined,
  write: (levels: TightLevels) => readonly string[],
): readonly string[] {
  return link === undefined ? [] : write(TIGHT_LEVELS[link]);
}
