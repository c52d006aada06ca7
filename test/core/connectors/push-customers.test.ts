import { beforeEach, describe, expect, test } from 'vitest';
import type { PushReport, Remote } from '../../../core/connectors/connector.ts';
import type { OutgoingCustomer, Person } from '../../../core/connectors/customer-document.ts';
import type { MillenniumCall, MillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { pushCustomers } from '../../../core/connectors/millennium/push-customers.ts';
import { failure } from '../sync/support.ts';

/* Customers against answers that the stand-in server does not give: a server of the test's own in memory. */

type Row = Record<string, unknown>;
type Answer = Remote<unknown>;

let rows: Row[];
let calls: string[];
let bodies: Row[];
/** What is answered instead of the next save; `done` carries it out. */
let onSave: (body: Row, done: () => Answer) => Answer;
let onList: (done: () => Answer) => Answer;

const client: MillenniumClient = {
  call: ({ method, query, body }: MillenniumCall) => {
    const name = method.split('/').at(-1) ?? '';
    calls.push(name);
    if (name === 'lista') {
      const done = (): Answer => ({
        ok: true,
        value: { value: rows.filter((row) => digits(row['cpf']) === query?.['cpf']) },
      });
      return Promise.resolve(onList(done));
    }
    bodies.push(body as Row);
    return Promise.resolve(onSave(body as Row, () => save(body as Row)));
  },
  close: () => Promise.resolve(),
};

function save(body: Row): Answer {
  const known = rows.find((row) => row['cliente'] === body['cliente']);
  const cliente = known?.['cliente'] ?? 2000 + rows.length;
  const before = known ?? {};
  const address = (body['endereco'] as unknown[]).length > 0 ? body['endereco'] : (before['endereco'] ?? []);
  rows = [...rows.filter((row) => row !== known), { ...before, ...defined(body), cliente, endereco: address }];
  return { ok: true, value: { cliente, cod_endereco: 1 } };
}
const defined = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
const digits = (value: unknown): string => String(value).replaceAll(/\D/g, '');

beforeEach(() => {
  rows = [];
  calls = [];
  bodies = [];
  onSave = (_body, done) => done();
  onList = (done) => done();
});

const CPFS = ['52998224725', '11144477735', '39053344705', '15350946056', '86288366757'];
function customer(index = 0, person: Partial<Person> = {}): OutgoingCustomer {
  return {
    document: {
      kind: 'customer',
      documentId: `document ${index}`,
      number: `E01C0000000${index}`,
      personId: `person ${index}`,
      commitment: 'c',
      showcaseId: 2,
      ifThere: 'change',
    },
    person: {
      cpf: CPFS[index] ?? '',
      name: 'Ana Conceição',
      phone: null,
      email: null,
      address: null,
      consents: null,
      ...person,
    },
  };
}
const address = {
  street: 'Rua Um',
  number: '7',
  complement: '',
  district: 'Centro',
  city: 'São Paulo',
  state: 'SP',
  postalCode: '01001000',
};
const push = (...batch: OutgoingCustomer[]): Promise<PushReport> => pushCustomers(batch, client);
const results = ({ outcomes }: PushReport): string[] => outcomes.map(({ result }) => result);

describe('what is sent of a customer', () => {
  test('carries every child list, and of the rest only what was given', async () => {
    await push(customer());
    expect(bodies).toMatchObject([{ vitrine: 2, nome: 'Ana Conceição', cpf: '529.982.247-25', pf_pj: 'PF' }]);
    expect(bodies[0]).toMatchObject({ endereco: [], enderecos: [], endereco_entrega: [], endereco_cobranca: [] });
    expect(bodies[0]).toMatchObject({ contatos: [], maladireta: false, permite_enviar_sms: 'F' });
    expect(defined(bodies[0] ?? {})).not.toHaveProperty('e_mail');
    expect(defined(bodies[0] ?? {})).not.toHaveProperty('cel');
  });

  test('leaves the consents and addresses of a known one as they are', async () => {
    const theirs = { cod_endereco: 5, logradouro: 'Rua Velha', cep: '02002-000', cod_mun_ibge: '355030' };
    rows = [{ cliente: 7, nome: 'ANA', cpf: '529.982.247-25', maladireta: true, endereco: [theirs] }];
    const report = await push(customer(0, { address }));
    expect(report.outcomes).toMatchObject([{ result: 'confirmed', remoteRef: '7' }]);
    expect(defined(bodies[0] ?? {})).not.toHaveProperty('maladireta');
    // What a list shows and a write refuses is not sent back.
    expect(bodies[0]?.['endereco']).toEqual([
      { cod_endereco: 5, logradouro: 'Rua Velha', cep: '02002-000' },
      expect.objectContaining({ logradouro: 'Rua Um', cep: '01001-000' }),
    ]);
    calls = [];
    expect(results(await push(customer(0, { address })))).toEqual(['confirmed']);
    expect(calls).toEqual(['lista']);
  });

  test('is not sent where the server has it in capitals and without accents', async () => {
    rows = [{ cliente: 7, nome: 'ANA  CONCEICAO', cpf: '52998224725', ddd_cel: '011', cel: '98111-0001' }];
    expect(results(await push(customer(0, { phone: '11981110001' })))).toEqual(['confirmed']);
    expect(calls).toEqual(['lista']);
  });

  test.each([
    ['T', 'F', '1', true],
    [true, false, 'true', true],
    ['T', 'T', '1', false],
    // Not told is not compared.
    [undefined, null, '', true],
  ])('compares consents told as %s, %s, %s', async (email, sms, mail, isEqual) => {
    rows = [
      {
        cliente: 7,
        nome: 'Ana Conceição',
        cpf: '52998224725',
        permite_enviar_newsletter: email,
        permite_enviar_sms: sms,
        maladireta: mail,
      },
    ];
    await push(customer(0, { consents: { email: true, sms: false, mail: true } }));
    expect(calls.length === 1).toBe(isEqual);
  });

  test('goes to the first of several customers with the CPF', async () => {
    rows = [
      { cliente: 9, nome: 'Ana Conceição', cpf: '52998224725' },
      { cliente: 8, nome: 'A. Conceição', cpf: '52998224725' },
    ];
    expect((await push(customer())).outcomes).toMatchObject([{ result: 'confirmed', remoteRef: '8' }]);
    expect(rows).toHaveLength(2);
  });
});

describe('an answer that is odd', () => {
  test('which never came is looked up: there, it is confirmed; not there, it is unknown', async () => {
    onSave = (_body, done) => {
      done();
      return { ok: false, failure: failure('transient') };
    };
    expect(results(await push(customer()))).toEqual(['confirmed']);
    onSave = () => ({ ok: false, failure: failure('transient') });
    const report = await push(customer(1));
    expect(report).toMatchObject({ outcomes: [{ result: 'unknown', errorClass: 'transient' }], failure: null });
  });

  test('which refuses what a proxy had delivered is no refusal', async () => {
    onSave = (_body, done) => {
      done();
      return { ok: false, failure: failure('refused', 'Cliente já cadastrado') };
    };
    expect(results(await push(customer()))).toEqual(['confirmed']);
  });

  test('which repeats the person is kept without', async () => {
    onSave = () => ({
      ok: false,
      failure: failure('refused', 'ANA CONCEIÇÃO, CPF 529.982.247-25 (52998224725), a+b@exemplo.com: bloqueado'),
    });
    const report = await push(customer(0, { email: 'a+b@exemplo.com' }));
    expect(report.outcomes).toMatchObject([{ result: 'rejected', text: '***, CPF *** (***), ***: bloqueado' }]);
  });

  test('which refuses a change tells all the same who the customer is there', async () => {
    rows = [{ cliente: 7, nome: 'Outro Nome', cpf: '52998224725' }];
    onSave = () => ({ ok: false, failure: failure('refused', 'CEP não encontrado') });
    expect((await push(customer())).outcomes).toMatchObject([{ result: 'rejected', remoteRef: '7' }]);
    expect((await push(customer(1))).outcomes).toMatchObject([{ result: 'rejected', remoteRef: null }]);
  });

  test('which says that the record is in use may pass', async () => {
    onSave = () => ({ ok: false, failure: failure('refused', 'Registro em uso') });
    expect((await push(customer())).outcomes).toMatchObject([{ result: 'unknown', errorClass: 'refused' }]);
  });

  test('which took something else than was said is for a person, without the values', async () => {
    onSave = (body) => save({ ...body, nome: 'OUTRA', e_mail: 'x@y.z' });
    const report = await push(customer(0, { email: 'ana@exemplo.com.br' }));
    expect(report.outcomes).toMatchObject([{ result: 'diverged', text: 'customer differs: name, email' }]);
  });

  test('which changed nothing of who was there may pass: an ERP that went back to before it looks the same', async () => {
    rows = [{ cliente: 7, nome: 'Outro Nome', cpf: '52998224725' }];
    onSave = () => ({ ok: true, value: { cliente: 7, cod_endereco: 1 } });
    const [outcome] = (await push(customer())).outcomes;
    expect(outcome).toMatchObject({ result: 'unknown', errorClass: 'refused', text: 'customer differs: name' });
  });

  test('of another call says nothing, and the change is sent again', async () => {
    rows = [{ cliente: 7, nome: 'Outro Nome', cpf: '52998224725' }];
    onSave = () => ({ ok: true, value: { value: [{ vitrine: 7, trans_id: 900_000 }] } });
    expect((await push(customer())).outcomes).toMatchObject([{ result: 'unknown', errorClass: 'transient' }]);
  });

  test('which took nothing at all is unknown', async () => {
    onSave = () => ({ ok: true, value: { cliente: 1 } });
    expect((await push(customer())).outcomes).toMatchObject([{ result: 'unknown', errorClass: 'transient' }]);
  });

  test('about somebody else is not taken for ours', async () => {
    rows = [{ cliente: 1, nome: 'Consumidor', cpf: '' }];
    onList = () => ({ ok: true, value: { value: rows } });
    await push(customer());
    expect(defined(bodies[0] ?? {})).not.toHaveProperty('cliente');
  });
});

describe('a server that stops answering', () => {
  test('is not asked for the others, of whom nothing left', async () => {
    onList = () => ({ ok: false, failure: failure('transient') });
    const report = await push(customer(0), customer(1));
    expect(results(report)).toEqual(['untried', 'untried']);
    expect(report.failure).toMatchObject({ class: 'transient' });
    // A read that got no answer is made once more, and no write is tried.
    expect(calls).toEqual(['lista', 'lista']);
  });

  test('counts as down after three errors in a row', async () => {
    onSave = () => ({ ok: false, failure: failure('transient') });
    const report = await push(...CPFS.map((_cpf, index) => customer(index)));
    expect(results(report)).toEqual(['unknown', 'unknown', 'unknown', 'untried', 'untried']);
    expect(report.failure).toMatchObject({ class: 'transient' });
  });

  test('or refuses the password ends the batch, and the customer is as before', async () => {
    onSave = () => ({ ok: false, failure: failure('password') });
    const report = await push(customer(0), customer(1));
    expect(results(report)).toEqual(['untried', 'untried']);
    expect(report.failure).toMatchObject({ class: 'password' });
  });

  test('or lacks the method refuses each customer, and nothing else', async () => {
    onSave = () => ({ ok: false, failure: failure('method', 'not found') });
    expect(await push(customer(0), customer(1))).toMatchObject({
      outcomes: [{ result: 'rejected' }, { result: 'rejected' }],
      failure: null,
    });
  });
});
