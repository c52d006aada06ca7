import { expect, test } from 'vitest';
import type { MillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { readDay } from '../../../core/connectors/millennium/read-day.ts';

test('an order of another channel whose number only begins like the station is nobody of ours', async () => {
  // A web order: it has no lines that a till would write.
  const value = [{ cod_pedidov: '1015554', trans_id: 9 }];
  const client: MillenniumClient = {
    call: () => Promise.resolve({ ok: true, value: { 'odata.count': value.length, value } }),
    close: () => Promise.resolve(),
  };
  const request = { businessDay: '2026-09-13', showcaseId: 2, branchCode: '00010', stationCode: '101' };
  expect(await readDay(request, client)).toEqual({ ok: true, value: [] });
});
