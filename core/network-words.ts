/** The words a person at the shop understands for what the network said. */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'nome não encontrado',
  EAI_AGAIN: 'sem resposta do serviço de nomes',
  ECONNREFUSED: 'conexão recusada',
  ECONNRESET: 'conexão interrompida',
  ECONNABORTED: 'conexão interrompida',
  EPIPE: 'conexão interrompida',
  EHOSTUNREACH: 'sem rota até o servidor',
  ENETUNREACH: 'sem rede',
  ETIMEDOUT: 'tempo esgotado',
  ERR_BAD_RESPONSE: 'a resposta veio cortada ou é grande demais',
  EPROTO: 'não fala TLS (https)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'não fala TLS (https)',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'não fala TLS (https)',
  CERT_HAS_EXPIRED: 'o certificado venceu',
  CERT_NOT_YET_VALID: 'o certificado ainda não vale: confira o relógio',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'o certificado não é de uma autoridade conhecida',
  SELF_SIGNED_CERT_IN_CHAIN: 'o certificado não é de uma autoridade conhecida',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'o certificado não é de uma autoridade conhecida',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'o certificado não é de uma autoridade conhecida',
  ERR_TLS_CERT_ALTNAME_INVALID: 'o certificado é de outro endereço',
};

/** `conexão recusada` for `ECONNREFUSED`; a code that has no words yet is said as it is. */
export function networkWords(code: string): string {
  // Of the parser of HTTP and of the unpacker, dozens each that mean the same to a person.
  if (code.startsWith('HPE_')) return 'a resposta não é HTTP';
  if (code.startsWith('Z_')) return 'a resposta veio corrompida';
  return WORDS[code] ?? (code === '' ? 'falha de rede' : code);
}
