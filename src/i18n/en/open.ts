/** Texts of `vnc open`. */
export const open = {
  summary: 'open the platform’s own web page of a session',
  noOpen:
    'only print the URL; HPC_DESK_BROWSER=none means the same, another value names the browser',
  example: 'prints the URL, also into a pipe, and opens it where a browser can be',
  exampleField: 'only the URL, which is a secret: it may lead to the desktop without a login',
};
