import { expect, it } from 'vitest';
import { useDemoTill } from '../support/demo-till.ts';
import { runCli } from '../support/run-cli.ts';
import { until } from '../support/spawn-station.ts';

/* A row of a register that cannot be read is passed over, and people are told: a real core, a real server. */

const { station, data, admin, restart } = useDemoTill();

const change = (row: Readonly<Record<string, unknown>>): Promise<unknown> =>
  admin('registers', { register: 'funcionarios', id: 24, row });
const skipped = async () => (await station.must('sync.view', {})).skippedRows;

it('with how many there are and what is wrong with the first, over restarts, until it can be read', async () => {
  expect(await skipped()).toEqual([]);
  await change({ FUNCIONARIO: 'vinte e quatro' });
  await station.must('catalog.reload', { register: 'salespeople' });
  const [told] = await until(skipped, (rows) => rows.length > 0);
  expect(told).toMatchObject({
    method: expect.stringMatching(/funcionarios/i) as string,
    count: 1,
    first: [{ row: 'cod_funcionario 000024', text: expect.stringContaining('funcionario') as string }],
  });
  await restart();
  expect(await skipped()).toMatchObject([{ count: 1 }]);
  const checks = await station.must('station.doctor', {});
  expect(checks.find(({ name }) => name === 'Linhas dos cadastros')).toMatchObject({
    state: 'warning',
    detail: expect.stringContaining('cod_funcionario 000024') as string,
  });
  const errors = await runCli(['errors', '--data', data]);
  expect(errors).toMatchObject({ code: 0, out: expect.stringContaining('cod_funcionario 000024 (') as string });

  await change({ FUNCIONARIO: 24 });
  await station.must('demo.setServer', { running: true });
  await until(
    async () => {
      await station.call('catalog.reload', { register: 'salespeople' });
      return skipped();
    },
    (rows) => rows.length === 0,
  );
});
