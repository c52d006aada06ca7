import type { ErpMethod, ErpReply } from '../http/erp-method.ts';
import { isJsonObject, numberField, type JsonObject, type JsonValue } from '../http/json.ts';
import { createRandom, mixSeed } from '../seed/random.ts';
import type { Dialect } from './dialect.ts';
import { shuffled } from './shuffled.ts';
import { spellValues } from './spell-values.ts';

/** A reply as it goes over the wire. */
export type WireReply = {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly location?: string;
};

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_PAGE =
  '<!DOCTYPE html><html><head><title>Millennium</title></head><body><h1>Operação concluída</h1></body></html>';

/** Writes a reply as this server writes it. Error replies keep their one shape in every dialect. */
export function encodeReply(method: ErpMethod | undefined, { status, body }: ErpReply, dialect: Dialect): WireReply {
  const isInclude = status === 200 && method?.name === 'millenium_eco.pedido_venda.inclui';
  if (isInclude && dialect.includeReply === 'empty') return { status, type: JSON_TYPE, text: '' };
  if (isInclude && dialect.includeReply === 'html')
    return { status, type: 'text/html; charset=utf-8', text: HTML_PAGE };
  const text = JSON.stringify(status === 200 && isJsonObject(body) ? spellBody(method, body, dialect) : body);
  return { status, type: JSON_TYPE, text: dialect.rawControls ? withControls(text) : text };
}

/** Puts raw control characters at the start of strings and between words, where JSON forbids them. */
export function withControls(json: string): string {
  // A quote inside a string is escaped, so this sequence only ever opens the value of a field.
  return json.replaceAll(/":"(?=[^"])/g, '":"\u0001').replaceAll(/(?<=[a-z]) (?=[a-z])/g, ' \u000B\u001F');
}

function spellBody(method: ErpMethod | undefined, body: JsonObject, dialect: Dialect): JsonObject {
  if (method?.kind === 'read') return { ...body, value: spellValues(body['value'] ?? [], dialect) };
  const acoes = body['acoes'];
  const shaped = Array.isArray(acoes) ? { ...body, acoes: shapeActions(method, acoes as JsonObject[], dialect) } : body;
  return spellValues(shaped, dialect) as JsonObject;
}

function shapeActions(
  method: ErpMethod | undefined,
  acoes: readonly JsonObject[],
  { acoesShort, acoesShuffled, acaoText }: Dialect,
): JsonValue {
  // In a status batch 1 means "unknown order". What was changed answers 0 when it is asked again, so that a caller
  // who repeats what was left out gets to the end.
  const changed = method?.name.endsWith('processastatus') === true ? [2] : [1, 2];
  const lost = acoesShort ? acoes.findLastIndex(({ acao }) => changed.includes(Number(acao))) : -1;
  const kept = acoes.filter((_, index) => index !== lost);
  const ordered = acoesShuffled ? shuffled(kept, createRandom(mixSeed(kept.length, method?.name ?? ''))) : kept;
  return acaoText ? ordered.map((record) => ({ ...record, acao: String(numberField(record, 'acao')) })) : ordered;
}
