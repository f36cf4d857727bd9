import type { Display, IpAddress, Port } from '../../src/model/endpoint.js';
import type { Session } from '../../src/model/session.js';

/** The example of API page `vnc-create`, as a Session. */
export const EXAMPLE_SESSION: Session = {
  sessionId: 'gv101--test_1215--SIG--4',
  id: 'e272e9bc5e6d40fbbcc39d82f172f63a',
  name: 'gv101:4',
  hostname: 'gv101',
  ip: '10.0.41.101' as IpAddress,
  display: 4 as Display,
  port: 5904 as Port,
  user: 'test_1215',
  job: 'SIG',
  widthPx: 1920,
  heightPx: 1080,
  createdAt: '2023-02-02T11:59:45+08:00',
  sweepAt: '2023-02-03T01:00:00+08:00',
};
