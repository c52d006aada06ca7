import type { JsonObject } from '../http/json.ts';

/** The default consumer of anonymous sales has no CPF; the others are made-up people with valid numbers. */
export function seedCustomers(): readonly JsonObject[] {
  return [
    person(302, 'CONSUMIDOR FINAL', null, null, null),
    person(1001, 'Beatriz Almeida Santos', '529.982.247-25', 'beatriz@exemplo.com.br', '98111-0001'),
    person(1002, 'João Pedro Conceição', '111.444.777-35', 'joao.pedro@exemplo.com.br', '98111-0002'),
    person(1003, 'Maria  Aparecida D’Ávila', '123.456.789-09', null, '98111-0003'),
    person(1004, 'Zuleide Gonçalves', '935.411.347-80', null, null),
  ];
}

function person(
  cliente: number,
  nome: string,
  cpf: string | null,
  e_mail: string | null,
  cel: string | null,
): JsonObject {
  const address = {
    cod_endereco: cliente * 10 + 1,
    logradouro: 'Rua das Acácias',
    numero: String(cliente),
    complemento: '',
    bairro: 'Centro',
    cidade: 'São Paulo',
    estado: 'SP',
    cep: '01001-000',
  };
  return {
    cliente,
    cod_cliente: String(cliente).padStart(6, '0'),
    nome,
    fantasia: nome,
    cpf,
    cnpj: null,
    pf_pj: 'PF',
    e_mail,
    ddd_cel: '11',
    cel,
    data_aniversario: cpf === null ? null : '1990-05-17',
    maladireta: false,
    permite_enviar_sms: false,
    permite_enviar_newsletter: false,
    endereco: cpf === null ? [] : [address],
  };
}
