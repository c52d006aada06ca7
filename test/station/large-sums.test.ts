import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { MAX_AMOUNT_CENTS } from '../../contract/money.ts';
import { stationApi, type MethodInput, type MethodName, type MethodOutput } from '../../contract/station-api.ts';
import { drained } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { moveCash, sell, BARCODES } from '../support/spawn-station.ts';

/* Amounts that each fit their field, and whose sums do not. */

const { station } = useDemoTill();

/** The answer, which has to be one of those that the contract knows. */
async function ask<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const output = await station.must(method, input);
  expect(stationApi[method].output.safeParse(output).error).toBeUndefined();
  return output;
}

it('a drawer that holds more than one field may is counted and closed', async () => {
  await sell(station, [BARCODES.tShirt]);
  for (let time = 0; time < 2; time += 1) await moveCash(station, 'supply', 11, MAX_AMOUNT_CENTS);
  const denominations = [{ valueCents: 20_000 as const, quantity: 99_999 }];
  const [line] = (await ask('cashSession.count', { commandId: randomUUID(), denominations })).lines;
  expect(line).toMatchObject({ expectedCents: 2 * MAX_AMOUNT_CENTS + 18_990, countedCents: 1_999_980_000 });
  await ask('cashSession.closing', {});
  await ask('cashSession.close', { commandId: randomUUID(), floatLeftCents: 0 });
  await ask('summary.day', { approvalId: null });
  await drained(station);
});
