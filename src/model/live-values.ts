/** Values that only the running program knows, and that a shell asks it for when Tab is pressed. */
export const LIVE_VALUES = ['sessions', 'clusters', 'profiles', 'viewers', 'tunnels'] as const;

export type LiveValues = (typeof LIVE_VALUES)[number];

/** Where completions find the values of an argument or an option; the fields are those of the command. */
export type ValueOrigin = LiveValues | 'field' | 'fields';

/** One value to offer, and what to tell of it. */
export interface Candidate {
  readonly word: string;
  readonly note: string;
}
