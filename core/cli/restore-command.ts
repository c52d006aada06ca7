import { formatInstant } from '../../contract/format.ts';
import { countPt } from '../../contract/refusal-texts/refusal-words.ts';
import type { Restored } from '../backup/restore-backup.ts';
import { systemRandom } from '../random.ts';
import { labelled } from './columns.ts';
import { showRefusal, writeAnswer, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** `station restore FILE`: brings the station back from a backup; works only while no core runs on the data folder. */
export async function restoreStation(context: CommandContext, file: string): Promise<ExitCode> {
  // Loaded here: every other command does without the database's own library.
  const { restoreBackup } = await import('../backup/restore-backup.ts');
  const restored = await restoreBackup({
    data: context.data,
    file,
    nowMs: Date.now(),
    newId: systemRandom.newId,
  });
  if (!restored.ok) return showRefusal(context, restored.error);
  writeAnswer(context, { ok: true, output: restored.value }, () => describeRestored(restored.value));
  return EXIT.ok;
}

function describeRestored({ facts, nextNumber, toLookUp, abandoned, keptIn }: Restored): string[] {
  const newest = facts.newestAtMs === 0 ? 'vazia' : `até ${formatInstant(new Date(facts.newestAtMs).toISOString())}`;
  return [
    ...labelled([
      [
        'Restaurada',
        `${facts.stationCode ?? 'estação sem cadastro'} · ${countPt(facts.sales, 'venda', 'vendas')}, ${newest}`,
      ],
      ['Próximo número', `${nextNumber}: os que faltam até ele podem ter sido usados depois da cópia`],
      ['A enviar', `${toLookUp} na cópia; cada um é procurado no ERP antes de ser enviado`],
      ['Vendas abertas', abandoned === 0 ? 'nenhuma' : `${abandoned} desistidas: podem ter sido finalizadas depois`],
      ['Banco anterior', keptIn === null ? 'não havia' : `guardado em ${keptIn}`],
    ]),
    'Abra a estação e venda. Se o ERP pedir a senha (outra máquina), informe-a na tela de integração.',
    'O que foi vendido depois da cópia e chegou ao ERP está no ERP; o que não chegou só existe no papel.',
  ];
}
