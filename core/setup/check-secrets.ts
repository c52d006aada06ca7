import type { Answer } from './local-checks.ts';
import { ERP_PASSWORD, type SecretPlace, type SecretStore } from './secret-store.ts';

const PROTECT = 'Use a criptografia de disco do sistema e um usuário só para a estação.';

/** Where the ERP's password is, and why it is not in the key store of the system. */
export async function checkSecrets(secrets: Pick<SecretStore, 'locate'>): Promise<Answer> {
  return describe(await secrets.locate(ERP_PASSWORD));
}

function describe(place: SecretPlace): Answer {
  switch (place.place) {
    case 'key_store':
      return { state: 'ok', detail: 'no cofre do sistema', advice: null };
    case 'public_file':
      return { state: 'ok', detail: 'a senha da loja de demonstração é pública e fica em um arquivo', advice: null };
    case 'none':
      if (place.reason === null)
        return { state: 'ok', detail: 'nenhuma ainda; irá para o cofre do sistema', advice: null };
      return {
        state: 'warning',
        detail: `nenhuma ainda; irá para um arquivo que só o usuário da estação lê (${place.reason})`,
        advice: PROTECT,
      };
    case 'file':
      return {
        state: 'warning',
        detail: `em um arquivo que só o usuário da estação lê (${place.reason})`,
        advice: PROTECT,
      };
    case 'key_store_silent':
      return {
        state: 'failed',
        detail: `no cofre do sistema, que não a entrega (${place.reason})`,
        advice: 'Desbloqueie o cofre, ou digite a senha do servidor de novo ao retomar o envio.',
      };
  }
}
