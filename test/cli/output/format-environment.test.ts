import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatResult } from '../../../src/cli/output/format.js';
import { show } from '../../../src/commands/vnc/show.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { describeWith } from '../../helpers/real-components.js';

/** The output of `-o env` or `--field name` for a session with this name. */
function format(name: string, request: { fields: ['name'] } | { field: 'name' }): string {
  const whole = { format: 'env', fields: undefined, field: undefined, ...request } as const;
  return formatResult(show, { ...EXAMPLE_SESSION, name }, whole, false);
}

describeWith('dash', 'shell variables under eval', () => {
  /** Evaluates all lines in one shell and returns the values that they set. */
  const evaluate = (names: readonly string[]) => {
    const lines = names.map((name) => format(name, { fields: ['name'] }));
    const input = lines.map((line) => `${line}\nprintf '%s\\0' "$HPC_DESK_NAME"`).join('\n');
    const output = execFileSync('dash', ['-euc', 'eval "$(cat)"'], { input, encoding: 'utf8' });
    return output.split('\0').slice(0, -1);
  };

  it('keep hostile values unchanged', () => {
    const hostile = [
      "'; touch /tmp/x; '",
      '$(id)',
      '`id`',
      '$HOME',
      '\\',
      "\\'",
      '"',
      '*',
      '~',
      "''",
    ];
    expect(evaluate(hostile)).toEqual(hostile);
  });

  it('have the value that --field prints, for any name from the server', () => {
    const values = fc.array(fc.string({ unit: 'binary' }), { minLength: 50, maxLength: 100 });
    fc.assert(
      fc.property(values, (names) => {
        const shown = names.map((name) => format(name, { field: 'name' }));
        expect(evaluate(names)).toEqual(shown);
      }),
      { numRuns: 20 },
    );
  });
});
