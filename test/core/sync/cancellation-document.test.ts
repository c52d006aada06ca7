import { afterEach, beforeEach, expect, test } from 'vitest';
import { toCancellationDocument } from '../../../core/sale/sale-document.ts';
import { saveStation } from '../../../db/station-queries.ts';
import { createScriptedConnector, queue, saleDocument, temporaryDatabase } from './support.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  database = temporaryDatabase();
});
afterEach(() => database.remove());

test('a cancellation goes where its sale went, whatever shop window the station has today', async () => {
  const stations = await createScriptedConnector([], () => 0).readStations('E01');
  if (!stations.ok) throw new Error('no stations');
  for (const station of stations.value) database.db.write((tx) => saveStation(tx, { ...station, showcaseId: 9 }));
  const sale = saleDocument(1, { showcaseId: 2, branchCode: '00010' });
  queue(database.db, sale);
  const cancellation = { cancellationId: 'c', saleId: sale.documentId, number: sale.number, reason: 'r' };
  expect(toCancellationDocument(database.db.read, { ...cancellation, cancelledAtMs: 0 })).toMatchObject({
    saleDocumentId: sale.documentId,
    showcaseId: 2,
    branchCode: '00010',
  });
});
