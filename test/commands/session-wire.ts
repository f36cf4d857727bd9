/** A session in the platform’s wire format (the example of API page `vnc-create`), on the local host. */
export const WIRE_SESSION = {
  id: 'e272e9bc5e6d40fbbcc39d82f172f63a',
  createDate: '2026-05-01 11:59:45',
  hostname: 'gv101',
  ip: '127.0.0.1',
  name: 'gv101:4',
  sid: '4',
  user: 'test_1215',
  jobs: 'SIG',
  width: '1920',
  length: '1080',
  sessionId: 'gv101--test_1215--SIG--4',
};
