import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyReply, isPassingRefusal } from '../../../core/connectors/millennium/classify-reply.ts';

function error(code: number, value: string): string {
  return JSON.stringify({ error: { code, message: { lang: 'pt-br', value } } });
}

function classOf(status: number, body: string): string {
  const { remote, isUnexplained401 } = classifyReply({ answered: true, status, body }, 'm');
  if (remote.ok) return 'ok';
  return `${remote.failure.class}${remote.failure.isSessionTaken === true ? ' session' : ''}${isUnexplained401 ? ' again' : ''}`;
}

describe('a reply', () => {
  test.each([
    ['a success', 200, '{"value":[]}', 'ok'],
    ['a creation', 201, '{}', 'ok'],
    ['a success with raw control characters', 200, '{"a":"x\u0007y\nz"}', 'ok'],
    ['a success with a byte order mark', 200, '\uFEFF{"a":1}', 'ok'],
    ['a wrong password', 401, error(401, 'Usuário ou Senha inválida'), 'password'],
    ['a wrong password without accents', 401, 'SENHA INVALIDA', 'password'],
    ['too many sessions', 401, error(401, 'Foi ultrapassado o máximo de usuários'), 'busy session'],
    ['sessions at their limit', 401, error(401, 'Número máximo de sessões'), 'busy session'],
    ['a user who is logged in', 401, error(401, 'Usuário já está conectado'), 'busy session'],
    ['an unexplained 401', 401, '', 'transient again'],
    ['licences taken, 429', 429, error(429, 'Sem licença disponível'), 'busy'],
    ['licences taken, 500', 500, error(500, 'Limite de LICENÇAS atingido'), 'busy'],
    ['licences taken, 503 in HTML', 503, '<html>No licence</html>', 'busy'],
    ['an unknown method', 404, error(404, 'Método não encontrado'), 'method'],
    ['an unknown method, empty', 404, '', 'method'],
    ['a page of a proxy', 404, '<html>Not found</html>', 'transient'],
    ['an unknown parameter', 400, error(400, 'Parameter X not found in a.b.c'), 'refused'],
    ['a business text', 400, error(400, 'Pedido já cadastrado: E01'), 'refused'],
    ['an empty 400', 400, '', 'transient'],
    ['an error in a success', 200, error(400, 'Cliente não cadastrado'), 'refused'],
    ['a server error with a business text', 500, error(500, 'Access violation'), 'transient'],
    ['a captive portal', 200, '<html>Log in</html>', 'transient'],
    ['an empty success', 200, '', 'transient'],
    ['a redirect', 302, '', 'transient'],
    ['too many requests', 429, error(429, 'Tente mais tarde'), 'transient'],
    ['a bad gateway', 502, '<html></html>', 'transient'],
  ])('that is %s (%i) is told as such', (_name, status, body, expected) => {
    expect(classOf(status, body)).toBe(expected);
  });

  test('that did not come is transient', () => {
    expect(classifyReply({ answered: false, text: 'ECONNRESET' }, 'm').remote).toEqual({
      ok: false,
      failure: { class: 'transient', text: 'ECONNRESET', method: 'm' },
    });
  });

  test('is never a crash, whatever it is, and its text stays short', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        const { remote } = classifyReply({ answered: true, status, body }, 'm');
        if (!remote.ok) expect(remote.failure.text.length).toBeLessThan(600);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a record in use may be free later, an unknown customer may not', () => {
  expect(isPassingRefusal('Registro em uso por outro usuário')).toBe(true);
  expect(isPassingRefusal('Cliente não cadastrado(a): 999')).toBe(false);
  expect(isPassingRefusal('Produto bloqueado')).toBe(false);
});
