import { expect, test } from 'vitest';
import { readPssMb } from '../../bench/measure/proportional-memory.ts';
import { useDemoTill } from '../support/demo-till.ts';

/* A PIN takes 19 MB while it is checked (contract/core-process.ts). */

const CHECKS = 16;
/** Twice what one check takes: without the fixed size of CORE_ENVIRONMENT it is 100 to 200. */
const MAX_MORE_MB = 40;

const { station, pid } = useDemoTill();

test('what a PIN took of the memory is given back', async () => {
  const approve = () => station.must('operator.approve', { code: '9', pin: '9999', permission: 'discount' });
  const core = pid() ?? 0;
  await approve();
  const before = readPssMb(core);
  for (let check = 0; check < CHECKS; check += 1) await approve();
  expect(readPssMb(core) - before).toBeLessThan(MAX_MORE_MB);
});
