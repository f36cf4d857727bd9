// What `bin/hpc-desk.js` does before it loads the program.

export { useCompileCache } from './cli/run/compile-cache.js';
export { restartInLittleSpace } from './cli/run/restart-in-little-space.js';
