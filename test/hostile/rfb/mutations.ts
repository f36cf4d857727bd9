import fc from 'fast-check';

/** One change to a stream; `place` is a fraction of its length. */
interface Mutation {
  readonly kind: 'flip' | 'set' | 'number' | 'insert' | 'remove' | 'repeat' | 'cut';
  readonly place: number;
  readonly bytes: Uint8Array;
}

/** Boundary values of lengths, sizes and counts. */
const EDGES = ['00', 'ff', '0001', 'ffff', '4001', '8000', '00000000', '7fffffff', 'ffffffff'].map(
  (number) => Uint8Array.from(Buffer.from(number, 'hex')),
);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'set', 'number', 'insert', 'remove', 'repeat', 'cut'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.constantFrom(...EDGES)),
});

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

export function mutate(stream: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce<Buffer>((bytes, { kind, place, bytes: more }) => {
    const at = Math.floor(place * bytes.length);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    const first = more[0] as number;
    switch (kind) {
      case 'flip':
        return Buffer.concat([
          head,
          tail.subarray(0, 1).map((byte) => byte ^ (1 << (first & 7))),
          tail.subarray(1),
        ]);
      case 'set':
        return Buffer.concat([head, Buffer.of(first), tail.subarray(1)]);
      case 'number':
        return Buffer.concat([head, more, tail.subarray(more.length)]);
      case 'insert':
        return Buffer.concat([head, more, tail]);
      case 'remove':
        return Buffer.concat([head, tail.subarray(first)]);
      case 'repeat':
        return Buffer.concat([head, tail.subarray(0, first), tail]);
      default:
        return head;
    }
  }, stream);
}
