// Holds a file open, so that no other process can read, replace or delete it, until killed: `node hold-open.cjs FILE`.
const { constants, openSync } = require('node:fs');

// UV_FS_O_EXLOCK, which libuv turns into CreateFile without sharing.
openSync(process.argv[2], constants.O_RDWR | 0x10000000);
console.log('held');
setInterval(() => {}, 1_000);
