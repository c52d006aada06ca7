import type { Language } from './format.ts';

/*
 * What the core itself says of network, devices and checks. It is kept in Portuguese, in rows and logs, where support reads
 * it; a window in English says it in English. What a server or a system said in its own words stays as it was said.
 */

const ENGLISH: readonly (readonly [RegExp, string])[] = [
  // Network.
  [/\bnome não encontrado\b/, 'name not found'],
  [/\bsem resposta do serviço de nomes\b/, 'no answer from the name service'],
  [/\bconexão recusada\b/, 'connection refused'],
  [/\bconexão interrompida\b/, 'connection broken off'],
  [/\bsem rota até o servidor\b/, 'no route to the server'],
  [/\bsem rede\b/, 'no network'],
  [/\btempo esgotado\b/, 'timed out'],
  [/\bnão fala TLS \(https\)/, 'does not speak TLS (https)'],
  [/\bo certificado venceu\b/, 'the certificate has expired'],
  [/\bo certificado ainda não vale: confira o relógio\b/, 'the certificate is not valid yet: check the clock'],
  [/\bo certificado não é de uma autoridade conhecida\b/, 'the certificate is not of a known authority'],
  [/\bo certificado é de outro endereço\b/, 'the certificate is of another address'],
  [/\bfalha de rede\b/, 'network failure'],
  // Devices, files and the key store.
  [/\bnão existe\b/, 'does not exist'],
  [/\bnão está ligada\b/, 'is not connected'],
  [/\bsem permissão de escrita\b/, 'no permission to write'],
  [/é uma pasta\b/, 'is a folder'],
  [/\bem uso por outro programa\b/, 'in use by another program'],
  [/\bfalha de comunicação\b/, 'communication failed'],
  [/^sem papel$/, 'out of paper'],
  [/\bnão é um caminho completo\b/, 'is not a full path'],
  [/\bo cofre não tem mais a senha\b/, 'the key store has the password no more'],
  [/\bprocesso (\d+), desde (?:o )?/, 'process $1, since '],
  // Checks of the connection.
  [/^(\S+) é (\S+)$/, '$1 is $2'],
  [/\bversão (\S+) em (\d+) ms\b/, 'version $1 in $2 ms'],
  [/ em (\d+) ms\b/, ' in $1 ms'],
  [/\baceita conexões\b/, 'takes connections'],
  [/\bhttp, sem sair desta máquina\b/, 'http, within this machine'],
  [/\bsem criptografia \(http\)/, 'no encryption (http)'],
  [/, certificado até /, ', certificate until '],
  [/\bo servidor não diz a sua versão\b/, 'the server does not tell its version'],
  [/\bo servidor não diz a hora\b/, 'the server does not tell the time'],
  [/\bnão verificado: o passo anterior falhou\b/, 'not checked: the step before failed'],
  [/à frente do servidor\b/, 'ahead of the server'],
  [/\batrás do servidor\b/, 'behind the server'],
  // What people have to know of.
  [
    /^O ERP já tem esta venda com o número (\S+), finalizada antes de o disco voltar a uma cópia: descarte esta\.$/,
    'The ERP already has this sale as $1, completed before the disk went back to a copy: discard this one.',
  ],
  [
    /^O ERP voltou no tempo \(backup restaurado\?\)\. O que ele perdeu é conferido e enviado de novo\.$/,
    'The ERP went back in time (restored backup?). What it lost is looked up and sent again.',
  ],
  [
    /^O ERP voltou no tempo \(backup restaurado\?\): (\d+) .* de novo na fila, sem repetir o que está lá\.$/,
    'The ERP went back in time (restored backup?): $1 in the queue again, without repeating what is there.',
  ],
  [/^Dia (\S+): 1 venda difere no ERP\. Veja (.*)\.$/, 'Day $1: 1 sale differs in the ERP. See $2.'],
  [/^Dia (\S+): (\d+) vendas diferem no ERP\. Veja (.*)\.$/, 'Day $1: $2 sales differ in the ERP. See $3.'],
  [
    /^Clientes com outros dados no ERP do que foi dito neste caixa: (.*)\. Ficou o do ERP; se o do caixa é o certo, salve o cliente de novo\.$/,
    'Customers with other data in the ERP than were said at this till: $1. What the ERP has stays; if the till is right, save the customer again.',
  ],
  [/(?<=^Customers with other data .*)\bnome\b/g, 'name'],
  [/(?<=^Customers with other data .*)\btelefone\b/g, 'phone'],
  [/(?<=^Customers with other data .*)\bendereço\b/g, 'address'],
  [/(?<=^Customers with other data .*)\bconsentimentos\b/g, 'consents'],
  [/(?<=^Customers with other data .*) e mais (\d+)/, ' and $1 more'],
];

/** `text` of the core in the language of who reads it. */
export function coreWords(text: string, language: Language): string {
  if (language === 'pt-BR') return text;
  return ENGLISH.reduce((said, [portuguese, english]) => said.replace(portuguese, english), text);
}
