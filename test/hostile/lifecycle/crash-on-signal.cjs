/**
 * Required into the built program by NODE_OPTIONS, so that it can be made to crash as a fault of its own would: by an
 * error that a listener throws, and by a rejection that nobody handles.
 */
process.on('SIGUSR2', () => {
  throw new TypeError('made up');
});
process.on('SIGALRM', () => {
  Promise.reject(new TypeError('made up'));
});
