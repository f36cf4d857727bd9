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
