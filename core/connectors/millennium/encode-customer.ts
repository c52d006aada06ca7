import type { CustomerAddress } from '../../../contract/customer-views.ts';
import { formatCpf } from '../../../contract/format.ts';
import type { OutgoingCustomer } from '../customer-document.ts';
import { isSameAddress } from './compare-customer.ts';
import type { MillenniumPerson } from './decode-customer.ts';

/** What an address may carry when it is written; a list shows more, which a write would refuse. */
const ADDRESS_FIELDS =
  'cod_endereco logradouro numero complemento bairro cidade estado cep nome_pais contato ddd fone ramal fax ddd_cel dicas_endereco desc_tipo_endereco grau_relacionamento ie'.split(
    ' ',
  );

/**
 * The body of `clientes/incluiroualterar` for a customer that is `known` at the ERP under its CPF, or new.
 *
 * Every child list is sent: one that is left out is erased there, an empty one stays as it is. A list that is not empty
 * replaces what was there, so the addresses that the ERP has go back with ours. What was not given is left out; consents
 * that nobody asked for are a no for a new customer and untouched for a known one.
 * Source: wire contract, section 6.
 */
export function encodeCustomer({ document, person }: OutgoingCustomer, known: MillenniumPerson | null): unknown {
  const { consents, address } = person;
  return {
    vitrine: document.showcaseId,
    // What is undefined is not written.
    cliente: known?.customerId,
    nome: person.name,
    cpf: formatCpf(person.cpf),
    pf_pj: known === null ? 'PF' : undefined,
    e_mail: person.email ?? undefined,
    ddd_cel: person.phone?.slice(0, 2),
    cel: person.phone?.slice(2),
    ...(consents === null && known !== null
      ? {}
      : {
          permite_enviar_newsletter: consents?.email === true ? 'T' : 'F',
          permite_enviar_sms: consents?.sms === true ? 'T' : 'F',
          maladireta: consents?.mail === true,
        }),
    endereco: address === null ? [] : addressesWith(address, known?.addresses ?? []),
    enderecos: [],
    endereco_entrega: [],
    endereco_cobranca: [],
    contatos: [],
  };
}

function addressesWith(address: CustomerAddress, known: MillenniumPerson['addresses']): unknown[] {
  const kept = known.map((theirs) =>
    Object.fromEntries(ADDRESS_FIELDS.flatMap((field) => (theirs[field] == null ? [] : [[field, theirs[field]]]))),
  );
  return known.some((theirs) => isSameAddress(address, theirs)) ? kept : [...kept, encodeAddress(address)];
}

function encodeAddress(address: CustomerAddress): unknown {
  return {
    logradouro: address.street,
    numero: address.number,
    complemento: address.complement,
    bairro: address.district,
    cidade: address.city,
    estado: address.state,
    cep: address.postalCode.replace(/^(\d{5})(\d{3})$/, '$1-$2'),
  };
}
