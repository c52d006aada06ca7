import { describe, expect, it } from 'vitest';
import { refusals, type Refusal, type RefusalCode } from '../../contract/refusals.ts';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';

const id = '00000000-0000-7000-8000-000000000001';
/** A value for every fact any refusal carries; a new fact without one fails below. */
const facts: Readonly<Record<string, unknown>> = {
  acquirerId: 7,
  ageMinutes: 45,
  amountCents: 5000,
  attemptsLeft: 3,
  barcode: '7891234567895',
  businessDay: '2026-11-20',
  by: 'E02',
  lastNumber: 12,
  cancelledAt: '2026-11-21T13:00:00.000Z',
  cashSessionId: id,
  choices: [
    { sku: 'A', description: 'Vestido', color: 'Azul', size: 'M' },
    { sku: 'B', description: 'Saia', color: 'Preto', size: 'P' },
  ],
  commandId: id,
  countedCents: 12_000,
  customerId: 1001,
  cpf: '12345678900',
  data: '/dados/estacao',
  description: 'Vestido Midi',
  detail: 'SQLITE_FULL',
  documentId: 'D-77',
  dueCents: 4000,
  expected: 'uma data',
  expectedEn: 'uma data',
  field: 'cardBrandId',
  financialReasonId: 20,
  kind: 'supply',
  fields: ['cliente_padrao', 'evento_venda'],
  file: '/copias/station.backup',
  folder: '/copias',
  how: 'SIGKILL',
  holder: 'processo 4321',
  incident: 'INC-9K2',
  installation: 'CAIXA-02',
  installments: 12,
  known: ['E01', 'E02'],
  lacks: 'pix_key_missing',
  lastBusinessDay: '2026-11-21',
  lastContactAt: '2026-11-21T13:00:00.000Z',
  limitBp: 500,
  limitMinutes: 30,
  lineId: id,
  machine: 'CAIXA-02',
  maximum: 6,
  minimum: 3,
  paperId: id,
  printer: '10.0.0.40:9100',
  trouble: 'paper_out',
  text: 'conexão recusada',
  jobId: 3,
  path: '/dev/usb/lp0',
  personId: id,
  sales: 2,
  maximumCents: 1_000_000_000,
  maximumMilli: 999_000,
  method: 'sale.fly',
  missingCents: 700,
  number: 'E01000000007',
  measuredAt: '2026-11-21T13:00:00.000Z',
  offsetSeconds: -1860,
  open: 1,
  operatorCode: '7',
  parked: 2,
  paymentType: 'Cartão de crédito',
  paymentTypeId: 77,
  permission: 'discount',
  pixState: 'to_check',
  priceCents: 9990,
  productId: 1001,
  profile: 'cashier',
  quantityMilli: 5_000_000,
  reason: 'ECONNREFUSED',
  register: 'filial',
  requestedBp: 2000,
  requestedCents: 12_000,
  saleId: id,
  salespersonCode: '24',
  schemaVersion: 9,
  server: 'https://erp.loja',
  state: 'completed',
  stationCode: 'E07',
  supportedVersion: 8,
  tenderId: id,
  tenderedCents: 3000,
  totalCents: 10_000,
  txid: 'E01261121K3V9Q0ZC4M',
  until: '2026-11-21T13:05:00.000Z',
  user: 'integracao',
  value: 42,
};

const codes = Object.keys(refusals) as RefusalCode[];

function refusalOf(code: RefusalCode): Refusal {
  const shape = refusals[code].facts.shape;
  const missing = Object.keys(shape).filter((fact) => !(fact in facts));
  expect(missing, `facts of ${code} without an example`).toEqual([]);
  const given = Object.fromEntries(Object.keys(shape).map((fact) => [fact, facts[fact]]));
  // `value` is a number in one refusal and a text in another.
  const parsed = refusals[code].facts.safeParse(given);
  const whole = parsed.success ? parsed.data : refusals[code].facts.parse({ ...given, value: 'abc' });
  return { code, ...whole } as Refusal;
}

describe.each(['pt-BR', 'en'] as const)('the refusal texts in %s', (language) => {
  it.each(codes)('says what %s is, what to do, and its short code', (code) => {
    const text = refusalText(refusalOf(code), language);
    expect(text.shortCode).toMatch(/^[VPOCSMIG]-\d{3}$/);
    for (const words of [text.title, text.nextStep]) {
      expect(words.length).toBeGreaterThan(8);
      expect(words).not.toMatch(/undefined|\[object|NaN|null/);
    }
    expect(text.nextStep).toMatch(/[.!]$/);
  });
});

it('has another text in each language', () => {
  const same = codes.filter((code) => {
    const [pt, en] = [refusalText(refusalOf(code), 'pt-BR'), refusalText(refusalOf(code), 'en')];
    return pt.title === en.title || pt.nextStep === en.nextStep;
  });
  expect(same).toEqual([]);
});

it('gives each refusal its own short code', () => {
  const short = codes.map((code) => refusals[code].short);
  expect(new Set(short).size).toBe(short.length);
});

it('names the field and the value of a bad input', () => {
  const text = refusalText(
    { code: 'invalid_input', field: 'floatCents', value: '-5', expected: 'um valor', expectedEn: 'a value' },
    'pt-BR',
  );
  expect(text.title).toContain('floatCents');
  expect(text.title).toContain('-5');
});
