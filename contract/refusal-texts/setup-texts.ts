import { formatInstant } from '../format.ts';
import { deliveryStatesPt } from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

type Machine = { readonly machine: string; readonly lastContactAt: string | null };

/** `CAIXA-02, último contato 21/11 10:32`, as far as it is known. */
function machinePt({ machine, lastContactAt }: Machine, unknown: string): string {
  const at = lastContactAt === null ? '' : `, último contato ${formatInstant(lastContactAt, 'pt-BR')}`;
  return `${machine === '' ? unknown : machine}${at}`;
}

function machineEn({ machine, lastContactAt }: Machine, unknown: string): string {
  const at = lastContactAt === null ? '' : `, last contact ${formatInstant(lastContactAt, 'en')}`;
  return `${machine === '' ? unknown : machine}${at}`;
}

/** Refusals of set-up, the server and delivery, in both languages. */
export const setupTexts = {
  'pt-BR': {
    station_not_enrolled: () => [
      'Esta estação ainda não está configurada',
      'Abra a loja de demonstração, ou informe o servidor da sua loja.',
    ],
    integration_off: () => [
      'A integração desta estação está desligada',
      'As vendas continuam e ficam guardadas. Para falar com o ERP, ligue: `station integration on`.',
    ],
    connection_not_ready: () => [
      'A conexão com o ERP ainda não está pronta',
      'Tente de novo em instantes. Se continuar assim, o painel de sincronização diz o que falta.',
    ],
    already_enrolled: (r) => [
      `Esta instalação já é a estação ${r.stationCode} de ${r.server}`,
      'Use outra pasta de dados para outra estação.',
    ],
    server_unreachable: (r) => [
      `O servidor ${r.server} não respondeu (${r.reason})`,
      'Confira o endereço e a rede e tente de novo.',
    ],
    server_wrong: (r) => [
      `${r.server} respondeu, mas não é o servidor esperado (${r.reason})`,
      'Confira o endereço e a porta com o suporte.',
    ],
    password_wrong: (r) => [
      `O servidor recusou o usuário ${r.user} ou a senha`,
      'Digite o usuário e a senha do ERP de novo.',
    ],
    server_busy: (r) => [`O servidor ${r.server} está ocupado`, 'Tente de novo em um minuto.'],
    station_unknown: (r) => [
      `Estação ${r.stationCode} não existe no ERP`,
      r.known.length === 0 ? 'Cadastre a estação no ERP.' : `Use uma das estações do ERP: ${r.known.join(', ')}.`,
    ],
    station_claimed: (r) => [
      `A estação ${r.stationCode} já pertence a outra instalação (${machinePt(r, r.installation)})`,
      'Use outro código. Se aquela máquina foi trocada, o suporte faz `Substituir estação` com um código novo.',
    ],
    user_taken: (r) => [
      `O usuário ${r.user} já é da estação ${r.stationCode} (${machinePt(r, 'máquina desconhecida')})`,
      'Cada estação precisa de um usuário do ERP só seu: peça outro a quem administra o ERP.',
    ],
    code_not_new: (r) => [
      `O código ${r.stationCode} já numerou vendas (última ${r.lastNumber}) e não serve para substituir`,
      'Escolha no ERP um código que nenhuma estação usou.',
    ],
    station_never_used: (r) => [
      `Nenhuma máquina usou a estação ${r.stationCode}: não há o que substituir`,
      'Confira o código da máquina que parou; para uma estação nova use `station enrol`.',
    ],
    station_alive: (r) => [
      `A estação ${r.stationCode} está viva (${machinePt(r, 'máquina desconhecida')})`,
      'Desligue aquela máquina e espere cinco minutos antes de substituí-la.',
    ],
    station_replaced: (r) => [
      `A estação ${r.stationCode} já foi substituída pela ${r.by}`,
      'Use a estação que a substituiu, ou cadastre esta como outra.',
    ],
    support_login_needed: (r) => [
      `${r.user} é o usuário de uma estação, não do suporte`,
      'A substituição pede o usuário e a senha do ERP de quem dá suporte.',
    ],
    server_fixed: (r) => [
      `A loja de demonstração tem servidor próprio (${r.server})`,
      'Para uma loja real, cadastre a estação em outra pasta de dados.',
    ],
    user_connected: (r) => [
      `O usuário ${r.user} já está conectado ao ERP em outro lugar`,
      'Feche a outra sessão e tente de novo, ou use um usuário do ERP só desta estação.',
    ],
    register_incomplete: (r) => [
      `Cadastro incompleto no ERP: ${r.register} sem ${r.fields.join(', ')}`,
      'Complete esses campos no ERP e tente de novo.',
    ],
    catalog_not_loaded: () => ['Os produtos ainda não foram carregados', 'Termine a carga inicial para vender.'],
    not_demo: () => [
      'Isto só existe na loja de demonstração',
      'Numa loja real o servidor é ligado e desligado no próprio ERP.',
    ],
    server_url_invalid: (r) => [
      `Endereço "${r.server}" não é válido`,
      'Escreva o endereço completo, por exemplo https://erp.minhaloja.com.br:6017.',
    ],
    document_not_found: (r) => [
      `Documento ${r.documentId} não está na fila de envio`,
      'Atualize a lista e escolha o documento de novo.',
    ],
    document_not_resendable: (r) => [
      `Documento ${r.documentId} não pode ser reenviado (está ${deliveryStatesPt[r.state] ?? r.state})`,
      'Só documentos recusados ou divergentes são reenviados à mão.',
    ],
    document_not_waiting: (r) => [
      `Documento ${r.documentId} não espera por uma pessoa (está ${deliveryStatesPt[r.state] ?? r.state})`,
      'Só documentos recusados ou divergentes são conferidos ou descartados à mão.',
    ],
  },
  en: {
    station_not_enrolled: () => [
      'This station is not set up yet',
      "Open the demo store, or enter your store's server.",
    ],
    integration_off: () => [
      'The integration of this station is off',
      'Sales go on and are kept here. To talk to the ERP turn it on: `station integration on`.',
    ],
    connection_not_ready: () => [
      'The connection to the ERP is not ready yet',
      'Try again in a moment. If it stays so, the sync panel says what is missing.',
    ],
    already_enrolled: (r) => [
      `This installation already is station ${r.stationCode} of ${r.server}`,
      'Use another data folder for another station.',
    ],
    server_unreachable: (r) => [
      `Server ${r.server} did not answer (${r.reason})`,
      'Check the address and the network, then try again.',
    ],
    server_wrong: (r) => [
      `${r.server} answered, but is not the expected server (${r.reason})`,
      'Check the address and the port with support.',
    ],
    password_wrong: (r) => [
      `The server refused user ${r.user} or the password`,
      'Type the ERP user and password again.',
    ],
    server_busy: (r) => [`Server ${r.server} is busy`, 'Try again in a minute.'],
    station_unknown: (r) => [
      `Station ${r.stationCode} does not exist in the ERP`,
      r.known.length === 0 ? 'Register the station in the ERP.' : `Use one of its stations: ${r.known.join(', ')}.`,
    ],
    station_claimed: (r) => [
      `Station ${r.stationCode} already belongs to another installation (${machineEn(r, r.installation)})`,
      'Use another code. If that machine was replaced, support replaces the station with a new code.',
    ],
    user_taken: (r) => [
      `User ${r.user} already belongs to station ${r.stationCode} (${machineEn(r, 'unknown machine')})`,
      'Each station needs an ERP user of its own: ask whoever runs the ERP for one.',
    ],
    code_not_new: (r) => [
      `Code ${r.stationCode} has numbered sales before (last ${r.lastNumber}) and cannot take another's place`,
      'Choose a code in the ERP that no station has used.',
    ],
    station_never_used: (r) => [
      `No machine has used station ${r.stationCode}: there is nothing to replace`,
      'Check the code of the machine that stopped; for a new station use `station enrol`.',
    ],
    station_alive: (r) => [
      `Station ${r.stationCode} is alive (${machineEn(r, 'unknown machine')})`,
      'Switch that machine off and wait five minutes before you replace it.',
    ],
    station_replaced: (r) => [
      `Station ${r.stationCode} was already replaced by ${r.by}`,
      'Use the station that took its place, or enrol this one as another.',
    ],
    support_login_needed: (r) => [
      `${r.user} is the user of a station, not of support`,
      'Replacing a station asks for the ERP user and password of whoever gives support.',
    ],
    server_fixed: (r) => [
      `The demo store has a server of its own (${r.server})`,
      'For a real store, enrol a station in another data folder.',
    ],
    user_connected: (r) => [
      `User ${r.user} is already connected to the ERP elsewhere`,
      'Close the other session and try again, or use an ERP user of this station alone.',
    ],
    register_incomplete: (r) => [
      `Incomplete register in the ERP: ${r.register} lacks ${r.fields.join(', ')}`,
      'Complete these fields in the ERP, then try again.',
    ],
    catalog_not_loaded: () => ['The products are not loaded yet', 'Finish the initial load to sell.'],
    not_demo: () => [
      'This exists only in the demo store',
      'In a real store the server is started and stopped at the ERP itself.',
    ],
    server_url_invalid: (r) => [
      `Address "${r.server}" is not valid`,
      'Write the whole address, for example https://erp.mystore.com.br:6017.',
    ],
    document_not_found: (r) => [
      `Document ${r.documentId} is not in the sending queue`,
      'Refresh the list and choose the document again.',
    ],
    document_not_resendable: (r) => [
      `Document ${r.documentId} cannot be sent again (it is ${r.state})`,
      'Only rejected or diverged documents are sent again by hand.',
    ],
    document_not_waiting: (r) => [
      `Document ${r.documentId} does not wait for a person (it is ${r.state})`,
      'Only rejected or diverged documents are checked or discarded by hand.',
    ],
  },
} satisfies TextsOf<'S'>;
