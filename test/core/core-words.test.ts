import { expect, it } from 'vitest';
import { coreWords } from '../../contract/core-words.ts';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { networkWords } from '../../core/network-words.ts';
import { deviceWords } from '../../core/printing/write-to-device.ts';
import { describeOffset } from '../../core/setup/clock-rules.ts';
import { elsewhereWords } from '../../core/sync/completed-elsewhere.ts';

/* What the core says in Portuguese reaches a window in English in English; what somebody else said stays as it is. */

const NETWORK =
  'ENOTFOUND EAI_AGAIN ECONNREFUSED ECONNRESET EPIPE EHOSTUNREACH ENETUNREACH ETIMEDOUT EPROTO CERT_HAS_EXPIRED ' +
  'CERT_NOT_YET_VALID DEPTH_ZERO_SELF_SIGNED_CERT ERR_TLS_CERT_ALTNAME_INVALID';
const DEVICE = 'ENOENT ENXIO ENODEV EACCES EISDIR EBUSY EIO ENOSPC';
const PORTUGUESE = /[ãõçáéíóúâêôà]|\b(sem|do|da|em|uma?|servidor|pasta|rede|ligada|esgotado|recusada)\b/;

it.each([
  ...NETWORK.split(' ').map((code) => networkWords(code)),
  networkWords(''),
  ...DEVICE.split(' ').map((code) => deviceWords(code)),
  elsewhereWords('E01000000007'),
  describeOffset(800),
  describeOffset(-90_000),
  '127.0.0.1 é 127.0.0.1',
  'versão 2026.9.1 em 17 ms',
  'http://127.0.0.1:45801 em 2 ms',
  'http, sem sair desta máquina',
  'sem criptografia (http)',
  'não verificado: o passo anterior falhou',
  'O ERP voltou no tempo (backup restaurado?): 3 documentos foram postos de novo na fila, sem repetir o que está lá.',
  'Dia 2026-11-20: 2 vendas diferem no ERP. Veja `station reconcile --day 2026-11-20`.',
  'Clientes com outros dados no ERP do que foi dito neste caixa: E01C00000001 (nome, telefone); E01C00000002 (endereço, consentimentos) e mais 2. Ficou o do ERP; se o do caixa é o certo, salve o cliente de novo.',
])('“%s” in English', (text) => {
  expect(coreWords(text, 'pt-BR')).toBe(text);
  expect(coreWords(text, 'en')).not.toMatch(PORTUGUESE);
});

it('leaves the words of a server alone', () => {
  expect(coreWords('Estoque insuficiente para o SKU 12', 'en')).toBe('Estoque insuficiente para o SKU 12');
});

it('is part of every refusal', () => {
  const away = { code: 'server_unreachable', server: 'http://erp', reason: networkWords('ECONNREFUSED') } as const;
  expect(refusalText(away, 'en').title).toBe('Server http://erp did not answer (connection refused)');
  expect(refusalText(away, 'pt-BR').title).toContain('conexão recusada');
});
