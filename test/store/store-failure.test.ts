import { expect, it } from 'vitest';
import { DeskError } from '../../src/errors/desk-error.js';
import { toStoreFailure } from '../../src/store/store-failure.js';

const path = '/f/credentials.json';
const errno = (code: string) => Object.assign(new Error(code), { code });

it.each(['ENOSPC', 'EDQUOT'])('calls %s a full disk', (code) => {
  const error = errno(code);
  expect(toStoreFailure(error, path)).toMatchObject({
    code: 'store.full',
    details: { path },
    cause: error,
  });
});

it.each(['EACCES', 'EROFS', 'EIO', 'EMFILE', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR'])(
  'gives %s as the reason',
  (code) => {
    const details = { path, reason: code };
    const error = errno(code);
    const expected = { code: 'store.unusable', details, cause: error };
    expect(toStoreFailure(error, path)).toMatchObject(expected);
  },
);

it('does not carry on what JSON.parse quotes of the file', () => {
  const failure = toStoreFailure(new SyntaxError('Unexpected token in "SECRET'), path) as Error;
  expect(failure).toMatchObject({ code: 'store.damaged', details: { path } });
  expect(failure.cause).toBeUndefined();
});

it('leaves other errors alone', () => {
  const ours = new DeskError('store.locked', { path });
  const bug = new TypeError('x is undefined');
  expect(toStoreFailure(ours, path)).toBe(ours);
  expect(toStoreFailure(bug, path)).toBe(bug);
});
