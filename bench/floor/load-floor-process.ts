import { Agent } from 'node:http';
import { askServer, readBytes } from '../flow/recording-proxy.ts';
import { createRawCatalogue, type WireRow } from './raw-catalogue.ts';
import type { LoadFloorAnswer, LoadFloorRound } from './load-floor.ts';
import { openRaw } from './raw-database.ts';

/*
 * The least an initial load can cost: the calls of the product one after another over one kept-alive connection, their
 * JSON parsed, and the rows of the catalogue upserted by raw prepared statements, 250 SKUs in each FULL commit. Nothing
 * is checked, decoded or compared, and nothing else runs in between.
 */

process.on('message', (round: LoadFloorRound) => {
  void load(round).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));

async function load({ id, url, file, calls }: LoadFloorRound): Promise<LoadFloorAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const raw = openRaw(file);
  const catalogue = createRawCatalogue(raw);
  const spent = { httpMs: 0, parseMs: 0, upsertMs: 0, bytes: 0 };
  for (const call of calls) {
    const startedAt = performance.now();
    const bytes = await readBytes(await askServer(url, call, agent));
    const hasBytesAt = performance.now();
    const reply = JSON.parse(bytes.toString('utf8')) as { readonly value?: readonly WireRow[] };
    const hasRowsAt = performance.now();
    catalogue.upsert(call.path, reply.value ?? []);
    spent.httpMs += hasBytesAt - startedAt;
    spent.parseMs += hasRowsAt - hasBytesAt;
    spent.upsertMs += performance.now() - hasRowsAt;
    spent.bytes += bytes.length;
  }
  raw.close();
  agent.destroy();
  return { id, ...spent };
}
