import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';

/**
 * Waits for a window with this title and sends it WM_DELETE_WINDOW, as a window manager does (ICCCM §4.2.8.1). The X
 * server must accept this user without a cookie. Messages follow the X Window System Protocol, version 11.
 */
export async function closeWindow(
  { display, displayNumber }: { readonly display: string; readonly displayNumber: number },
  title: RegExp,
): Promise<void> {
  const window = await eventually(() => findWindow(display, title));
  const socket = connect(`/tmp/.X11-unix/X${displayNumber}`);
  try {
    socket.write(Buffer.from([LITTLE_ENDIAN, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const head = await read(socket, 8);
    await read(socket, head.readUInt16LE(6) * 4);
    const protocols = await internAtom(socket, 'WM_PROTOCOLS');
    const deleteWindow = await internAtom(socket, 'WM_DELETE_WINDOW');
    socket.end(sendEvent(window, clientMessage(window, protocols, deleteWindow)));
    await once(socket, 'close');
  } finally {
    socket.destroy();
  }
}

const LITTLE_ENDIAN = 0x6c;

async function findWindow(display: string, title: RegExp): Promise<number> {
  const { stdout } = await promisify(execFile)('xwininfo', ['-display', display, '-root', '-tree']);
  const line = stdout.split('\n').find((text) => title.test(text)) ?? '';
  const id = /^\s*(0x[0-9a-f]+)/.exec(line)?.[1];
  if (id === undefined) throw new Error(`no window ${title} in ${stdout}`);
  return Number(id);
}

async function internAtom(socket: Socket, name: string): Promise<number> {
  const request = Buffer.alloc(8 + Math.ceil(name.length / 4) * 4);
  request.writeUInt8(16);
  request.writeUInt16LE(request.length / 4, 2);
  request.writeUInt16LE(name.length, 4);
  request.write(name, 8);
  socket.write(request);
  return (await read(socket, 32)).readUInt32LE(8);
}

function clientMessage(window: number, type: number, content: number): Buffer {
  const event = Buffer.alloc(32);
  event.set([33, 32]);
  event.writeUInt32LE(window, 4);
  event.writeUInt32LE(type, 8);
  event.writeUInt32LE(content, 12);
  return event;
}

function sendEvent(window: number, event: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt8(25);
  head.writeUInt16LE((head.length + event.length) / 4, 2);
  head.writeUInt32LE(window, 4);
  return Buffer.concat([head, event]);
}

async function read(socket: Socket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = socket.read(length);
    if (bytes !== null) return bytes;
    await once(socket, 'readable');
  }
}
