import { withControls, type WireReply } from '../dialects/encode-reply.ts';
import type { ErpReply } from '../http/erp-method.ts';
import { isJsonObject, type JsonObject } from '../http/json.ts';
import { createRandom } from '../seed/random.ts';
import type { FaultInjector, FaultTarget, Strike } from './fault-injector.ts';
import { DRIFTS } from './fault-mix.ts';

/** Spoils what a list says: rows that are missing though they are counted, or fields that are not what they were. */
export function spoilRows(faults: FaultInjector, target: FaultTarget, answer: ErpReply): ErpReply {
  const { status, body } = answer;
  if (status !== 200 || !isJsonObject(body) || !Array.isArray(body['value'])) return answer;
  let rows = body['value'] as readonly JsonObject[];
  let count = body['odata.count'] as number;
  if (faults.strike('tornList', target) !== undefined) {
    // A list of nothing is torn too: it claims a row that is not there.
    if (rows.length === 0) count += 1;
    rows = rows.slice(0, Math.floor(rows.length / 2));
  }
  const drift = faults.strike('schemaDrift', target);
  if (drift !== undefined) rows = driftRows(rows, drift);
  return { status, body: { ...body, 'odata.count': count, value: rows } };
}

/** Spoils the text of a reply, whatever it says. */
export function spoilText(faults: FaultInjector, target: FaultTarget, answer: WireReply): WireReply {
  let { text, type } = answer;
  if (faults.strike('controlCharacters', target) !== undefined) text = withControls(text);
  // Half of it with a Content-Length that agrees: HTTP sees nothing wrong.
  if (faults.strike('truncatedBody', target) !== undefined) text = text.slice(0, Math.floor(text.length / 2));
  if (faults.strike('wrongContentType', target) !== undefined) type = 'text/html; charset=iso-8859-1';
  return { ...answer, text, type };
}

/** One field of all rows, drawn by the firing's number: added, left out, or called otherwise; trans_id stays. */
function driftRows(rows: readonly JsonObject[], { kind, turn }: Strike): readonly JsonObject[] {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'trans_id');
  const chosen = names[createRandom(turn).integer(names.length)] ?? '';
  switch (kind ?? DRIFTS[turn % DRIFTS.length]) {
    case 'missing':
      return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== chosen)));
    case 'renamed':
      return rows.map((row) => rename(row, chosen));
    default:
      return rows.map((row) => ({ ...row, campo_novo: 'x', lista_nova: [{ id: 1 }], objeto_novo: { id: null } }));
  }
}

function rename(row: JsonObject, chosen: string): JsonObject {
  const entries = Object.entries(row);
  return Object.fromEntries(entries.map(([name, value]) => [name === chosen ? `${name}_novo` : name, value]));
}
