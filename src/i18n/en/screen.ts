/** Texts of the commands that look at a desktop without a viewer. */
export const screen = {
  screenshot: {
    summary: 'save a picture of the desktop, without a viewer',
    file: 'new file to write, - for standard output (default: hpc-desk-DATE-TIME.png here)',
    show: 'draw the picture in this terminal; saves nothing unless --file is given',
    example: 'as a new PNG in this folder',
    exampleShow: 'a quick look, also over ssh',
    examplePipe: 'only the bytes, for another program',
    saved: (file: string, size: string) => `Saved ${file} (${size}).`,
  },
  check: {
    summary: 'check step by step that the desktop works',
    example: 'what works, what does not, and how long each step took',
    exampleJson: 'in a script or in CI: exit code 8 when something is wrong',
    check: 'CHECK',
    result: 'RESULT',
    time: 'TIME',
    names: {
      login: 'the platform accepts the login',
      session: 'the session exists',
      route: 'the route is open',
      port: 'the port answers',
      rfb: 'it speaks RFB',
      security: 'it lets us in',
      frame: 'it shows a picture',
    },
    healthy: 'The desktop works.',
  },
};
