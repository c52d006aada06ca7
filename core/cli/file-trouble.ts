import type { CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'não existe',
  EISDIR: 'é uma pasta',
  ENOTDIR: 'fica em algo que não é uma pasta',
  EACCES: 'não pode ser lido ou gravado por este usuário',
  EPERM: 'não pode ser lido ou gravado por este usuário',
  EROFS: 'fica em um disco só de leitura',
  ENOSPC: 'não cabe no disco',
};

/** Runs a command that reads and writes files of the user's; what the operating system says of one is said in words. */
export async function orFileTrouble(context: CommandContext, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('path' in error)) throw error;
    context.writeErr(`O arquivo ${String(error.path)} ${WORDS[String(error.code)] ?? error.message}.`);
    return error.code === 'ENOENT' || error.code === 'EISDIR' ? EXIT.usage : EXIT.storage;
  }
}
