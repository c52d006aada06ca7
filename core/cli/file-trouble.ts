import type { CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'não existe, ou a pasta em que ficaria',
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
    if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
    // Reading a folder is told without its path; a draft beside the file is told by the file's own name.
    const path =
      'path' in error
        ? `O arquivo ${String(error.path).replace(/\.(?:\d+\.new|part)$/, '')}`
        : 'O que foi dado como arquivo';
    context.writeErr(`${path} ${WORDS[String(error.code)] ?? error.message}.`);
    return error.code === 'ENOENT' || error.code === 'EISDIR' ? EXIT.usage : EXIT.storage;
  }
}
