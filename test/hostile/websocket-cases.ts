/** Protocol violations by a connected page (RFC 6455), as bytes after the upgrade. */
export interface AbuseCase {
  readonly name: string;
  readonly bytes: Buffer;
}

interface FrameFields {
  readonly opcode: number;
  readonly payload?: Buffer;
  readonly isFinal?: boolean;
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** Overrides the real length. */
  readonly length?: bigint;
}

const [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10];
const MIB = 1024 * 1024;

/** One frame (RFC 6455 §5.2), with a mask of zeros, which leaves the payload as it is. */
export function frame({
  opcode,
  payload = Buffer.alloc(0),
  isFinal = true,
  reserved = 0,
  isMasked = true,
  length = BigInt(payload.length),
}: FrameFields): Buffer {
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = isMasked ? 0x80 : 0;
  const size =
    length < 126n
      ? Buffer.from([mask | Number(length)])
      : length < 65_536n
        ? Buffer.from([mask | 126, Number(length >> 8n), Number(length & 255n)])
        : Buffer.concat([Buffer.from([mask | 127]), bigEndian(length)]);
  return Buffer.concat([Buffer.from([first]), size, Buffer.alloc(isMasked ? 4 : 0), payload]);
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

const one = (name: string, ...frames: Buffer[]): AbuseCase => ({
  name,
  bytes: Buffer.concat(frames),
});
const closeFrame = (code: number, reason = Buffer.alloc(0)) =>
  frame({ opcode: CLOSE, payload: Buffer.concat([Buffer.from([code >> 8, code & 255]), reason]) });
const storm = (count: number, payload: Buffer) =>
  Array.from({ length: count }, (_, index) =>
    frame({ opcode: index === 0 ? BINARY : CONTINUATION, isFinal: false, payload }),
  );

/** Each of them must close the connection. */
export const ABUSE_CASES: readonly AbuseCase[] = [
  ...[CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG].map((opcode) =>
    one(`opcode ${opcode} without a mask`, frame({ opcode, isMasked: false })),
  ),
  ...[1, 2, 3, 4, 5, 6, 7].map((reserved) =>
    one(`reserved bits ${reserved}`, frame({ opcode: BINARY, reserved })),
  ),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) =>
    one(`reserved opcode ${opcode}`, frame({ opcode })),
  ),
  ...[CLOSE, PING, PONG].flatMap((opcode) => [
    one(`opcode ${opcode} in fragments`, frame({ opcode, isFinal: false })),
    one(`opcode ${opcode} of 126 bytes`, frame({ opcode, payload: Buffer.alloc(126) })),
  ]),
  ...[BigInt(MIB + 1), 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n].map((length) =>
    one(`a length of ${length}`, frame({ opcode: BINARY, length })),
  ),
  one('a continuation of no message', frame({ opcode: CONTINUATION })),
  one('a non-final continuation of no message', frame({ opcode: CONTINUATION, isFinal: false })),
  ...[TEXT, BINARY].map((opcode) =>
    one(
      `opcode ${opcode} within a message`,
      frame({ opcode: BINARY, isFinal: false }),
      frame({ opcode }),
    ),
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((code) =>
    one(`close code ${code}`, closeFrame(code)),
  ),
  one('a close frame with a 1-byte payload', frame({ opcode: CLOSE, payload: Buffer.from([3]) })),
  one('a close reason that is not UTF-8', closeFrame(1000, Buffer.from([0xff, 0xfe]))),
  one('a text message', frame({ opcode: TEXT, payload: Buffer.from('RFB 003.008\n') })),
  one('text that is not UTF-8', frame({ opcode: TEXT, payload: Buffer.from([0xc3, 0x28]) })),
  one(
    'text in fragments',
    frame({ opcode: TEXT, isFinal: false }),
    frame({ opcode: CONTINUATION }),
  ),
  one('fragments of more than 1 MiB', ...storm(20, Buffer.alloc(64 * 1024))),
  one('20,000 1-byte fragments', ...storm(20_000, Buffer.alloc(1))),
  one('20,000 empty fragments', ...storm(20_000, Buffer.alloc(0))),
  one('a second HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')),
  one('a TLS ClientHello', Buffer.from('16030100c8010000c40303', 'hex')),
  one('an RFB greeting without frames', Buffer.from('RFB 003.008\n')),
  one('4096 bytes of 0x00', Buffer.alloc(4_096)),
  one('4096 bytes of 0xff', Buffer.alloc(4_096, 0xff)),
];
