/** What the program says on the side, when something else is over. */
export const notices = {
  done: (command: string) => `${command} is done`,
  failed: (command: string) => `${command} failed`,
  newVersion: (current: string, latest: string) =>
    `hpc-desk ${latest} is available; this is ${current}.`,
  getIt: 'Get it:',
};
