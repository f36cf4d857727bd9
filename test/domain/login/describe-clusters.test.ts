import { describe, expect, it } from 'vitest';
import { describeClusters } from '../../../src/domain/login/describe-clusters.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { describeToken } from '../../../src/model/current-login.js';
import { makeToken } from '../../helpers/make-token.js';

const login = describeToken(
  makeToken({ clusterId: '11250', accountStatus: 'Trial' }),
  'https://one.example' as BaseUrl,
  undefined,
);

describe('the clusters of a login', () => {
  it('are those of the log-in, the current and the disabled ones marked', () => {
    const clusters = [
      { id: '11250', name: '昆山', token: makeToken({ accountStatus: 'Normal' }) },
      { id: '20091', name: 'A区', token: makeToken({ accountStatus: 'Owe' }) },
      { id: '30', name: '乌镇', token: undefined },
      { id: '31', name: '雄衡', token: makeToken({}) },
    ];
    expect(describeClusters({ ...login, clusters })).toEqual([
      { id: '11250', name: '昆山', usable: true, current: true, accountStatus: 'Normal' },
      { id: '20091', name: 'A区', usable: true, current: false, accountStatus: 'Owe' },
      { id: '30', name: '乌镇', usable: false, current: false, accountStatus: '' },
      { id: '31', name: '雄衡', usable: true, current: false, accountStatus: '' },
    ]);
  });

  it('are its own alone where nothing but a token is known', () => {
    expect(describeClusters(login)).toEqual([
      { id: '11250', name: '', usable: true, current: true, accountStatus: 'Trial' },
    ]);
  });
});
