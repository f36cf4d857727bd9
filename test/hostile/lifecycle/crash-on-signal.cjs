/**
 * Loaded into the built program by NODE_OPTIONS, to make it crash as a bug would: with an uncaught exception in a
 * listener, or with an unhandled rejection.
 */
process.on('SIGUSR2', () => {
  throw new TypeError('made up');
});
process.on('SIGALRM', () => {
  Promise.reject(new TypeError('made up'));
});
