import type { CoreState, StationBridge } from '../../contract/station-bridge.ts';

/**
 * The page that takes the till's place when no core runs. It shows what main knows and needs nothing of the renderer,
 * which may be what is broken.
 */
const { station } = globalThis as unknown as { station: StationBridge };
const isEnglish = station.language === 'en';

function show(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element === null) return;
  element.textContent = text;
}

function showState(state: CoreState): void {
  // The window itself died too often while the core still runs.
  const windowFailed = isEnglish ? 'The window failed several times' : 'A janela falhou várias vezes';
  show('reason', state.reason ?? windowFailed);
  show('next', state.nextStep ?? '');
  const code = isEnglish ? 'Code' : 'Código';
  show('code', [state.shortCode && `${code} ${state.shortCode}`, exitText(state)].filter(Boolean).join(' · '));
  show('details', state.details ?? '');
  document.getElementById('more')?.toggleAttribute('hidden', !state.details);
}

function exitText(state: CoreState): string {
  if (state.exitCode === undefined) return '';
  return isEnglish ? `process code ${state.exitCode}` : `código do processo ${state.exitCode}`;
}

if (isEnglish) {
  document.documentElement.lang = 'en';
  document.title = 'Station stopped';
  show('title', 'Station stopped');
  show('retry', 'Try again');
  show('quit', 'Quit');
  show('summary', 'For support');
}
document.getElementById('retry')?.addEventListener('click', () => {
  show('reason', isEnglish ? 'Starting…' : 'Iniciando…');
  station.restartCore();
});
document.getElementById('quit')?.addEventListener('click', () => station.quit());
station.onCore((state) => {
  if (state.state === 'stopped') showState(state);
});
showState(await station.coreState());
