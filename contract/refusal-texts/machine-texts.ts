import { shortId } from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

/** Refusals of the machine, and the call itself, in both languages. */
export const machineTexts = {
  'pt-BR': {
    data_locked: (r) => [
      `Os dados em ${r.data} já estão em uso por ${r.holder}`,
      'Use a janela que já está aberta, ou feche-a antes de abrir outra.',
    ],
    database_newer: (r) => [
      `Os dados são da versão ${r.schemaVersion}; este programa só lê até a ${r.supportedVersion}`,
      'Instale a versão mais nova do programa. Nada foi alterado.',
    ],
    database_corrupt: (r) => [
      `O banco de dados desta estação está danificado (${r.detail})`,
      'Não apague nada. Chame o suporte: as vendas são recuperadas da cópia de segurança.',
    ],
    disk_full: (r) => [
      `O disco está cheio (${r.detail})`,
      'Libere espaço no disco. Nada é vendido até que a venda possa ser guardada.',
    ],
    data_unwritable: (r) => [
      `Não é possível gravar em ${r.data} (${r.detail})`,
      'Confira a pasta e as permissões dela, ou escolha outra (`--data PASTA`).',
    ],
    storage_failed: (r) => [
      `O disco falhou ao gravar (${r.detail})`,
      'Pare de vender nesta estação e chame o suporte. O que já foi finalizado está guardado.',
    ],
    core_crashed: (r) => [
      `O núcleo da estação terminou de repente (${r.how})`,
      'O que foi finalizado está guardado. Tente de novo; se continuar, chame o suporte.',
    ],
    window_dead: () => [
      'A janela da estação não abre mais',
      'A venda aberta está guardada. Reinicie o computador e abra a estação de novo; se continuar, chame o suporte.',
    ],
    backup_folder_unusable: (r) => [
      `A pasta ${r.folder} não serve para a segunda cópia: ${r.reason}`,
      'Conecte o disco ou pen drive, ou escolha outra pasta, fora da pasta de dados e com o caminho completo.',
    ],
    backup_invalid: (r) => [
      `O arquivo ${r.file} não serve para restaurar: ${r.reason}`,
      'Nada foi alterado. Escolha outra cópia: `station backups --verify` mostra quais conferem.',
    ],
    backup_other_station: (r) => [
      `O arquivo ${r.file} não é desta instalação, e a pasta já tem os dados da estação ${r.stationCode}`,
      'Nada foi alterado. Restaure em outra pasta de dados, ou escolha uma cópia desta estação.',
    ],
    pending_file_invalid: (r) => [
      `O arquivo ${r.file} não pode ser usado: ${r.reason}`,
      'Confira o nome do arquivo; se preciso, exporte de novo com `station export-pending`.',
    ],
    passphrase_wrong: (r) => [
      `A frase não abre o arquivo ${r.file}, ou o arquivo foi alterado`,
      'Digite a frase com que ele foi exportado; se ela se perdeu, exporte de novo na estação ou de uma cópia.',
    ],
    invalid_input: (r) => [
      `Campo ${r.field}: ${r.value} não é aceito`,
      `Esperado: ${r.expected}. Corrija e tente de novo.`,
    ],
    unknown_method: (r) => [
      `Função ${r.method} não existe nesta versão`,
      'Feche e abra o programa. Se continuar, atualize a estação.',
    ],
    command_reused: (r) => [
      `O comando ${shortId(r.commandId)} já foi usado com outros dados`,
      'Confira a venda na tela e repita a ação.',
    ],
    internal: (r) => [
      `Erro inesperado, incidente ${r.incident}`,
      'Nada foi perdido. Repita a ação; se continuar, informe o incidente ao suporte.',
    ],
    station_stopped: () => [
      'A estação está sendo encerrada',
      'Espere alguns segundos e abra o programa de novo. O que foi guardado está seguro.',
    ],
  },
  en: {
    data_locked: (r) => [
      `The data in ${r.data} is in use by ${r.holder}`,
      'Use the window that is already open, or close it before opening another.',
    ],
    database_newer: (r) => [
      `The data is of version ${r.schemaVersion}; this program reads up to ${r.supportedVersion}`,
      'Install the newer version of the program. Nothing was changed.',
    ],
    database_corrupt: (r) => [
      `The database of this station is damaged (${r.detail})`,
      'Delete nothing. Call support: the sales are recovered from the backup.',
    ],
    disk_full: (r) => [
      `The disk is full (${r.detail})`,
      'Free some space. Nothing is sold until a sale can be kept safely.',
    ],
    data_unwritable: (r) => [
      `Cannot write to ${r.data} (${r.detail})`,
      'Check the folder and its permissions, or choose another (`--data FOLDER`).',
    ],
    storage_failed: (r) => [
      `The disk failed while writing (${r.detail})`,
      'Stop selling on this station and call support. What was finished is kept.',
    ],
    core_crashed: (r) => [
      `The station core ended unexpectedly (${r.how})`,
      'What was finished is kept. Try again; if it persists, call support.',
    ],
    window_dead: () => [
      'The station window does not open any more',
      'The open sale is kept. Restart the computer and open the station again; if it persists, call support.',
    ],
    backup_folder_unusable: (r) => [
      `The folder ${r.folder} cannot take the second backup: ${r.reason}`,
      'Connect the disk or stick, or choose another folder outside the data folder, by its full path.',
    ],
    backup_invalid: (r) => [
      `The file ${r.file} cannot be restored: ${r.reason}`,
      'Nothing was changed. Choose another backup: `station backups --verify` shows which ones are whole.',
    ],
    backup_other_station: (r) => [
      `The file ${r.file} is not of this installation, and the folder holds the data of station ${r.stationCode}`,
      'Nothing was changed. Restore into another data folder, or choose a backup of this station.',
    ],
    pending_file_invalid: (r) => [
      `The file ${r.file} cannot be used: ${r.reason}`,
      'Check its name; if need be, export again with `station export-pending`.',
    ],
    passphrase_wrong: (r) => [
      `The passphrase does not open ${r.file}, or the file was changed`,
      'Type the one it was exported with; if it is lost, export again at the station or from a backup.',
    ],
    invalid_input: (r) => [
      `Field ${r.field}: ${r.value} is not accepted`,
      `Expected: ${r.expectedEn}. Correct it and try again.`,
    ],
    unknown_method: (r) => [
      `Function ${r.method} does not exist in this version`,
      'Close and open the program. If it persists, update the station.',
    ],
    command_reused: (r) => [
      `Command ${shortId(r.commandId)} was already used with other data`,
      'Check the sale on the screen and repeat the action.',
    ],
    internal: (r) => [
      `Unexpected error, incident ${r.incident}`,
      'Nothing was lost. Repeat the action; if it persists, tell support the incident.',
    ],
    station_stopped: () => [
      'The station is stopping',
      'Wait a few seconds and open the program again. What was kept is safe.',
    ],
  },
} satisfies TextsOf<'M' | 'G'>;
