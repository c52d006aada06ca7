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
};

/** `conexão recusada` for `ECONNREFUSED`; a code that has no words yet is said as it is. */
export function networkWords(code: string): string {
  return WORDS[code] ?? (code === '' ? 'falha de rede' : code);
}
