import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import type { PdfOutcome, PdfRequest } from '../contract/station-bridge.ts';
import { isMethodName } from '../contract/station-api.ts';
import { APP_ORIGIN } from './app-files.ts';
import { channels } from './bridge.ts';
import { parsePdfRequest } from './save-pdf.ts';
import type { StationProcess } from './station-process.ts';

/** The longest message the till sends is a few KB; a longer one is a mistake or an attack. */
const MAX_CALL_CHARS = 1024 * 1024;

type Sender = { readonly senderFrame: WebFrameMain | null; readonly sender: WebContents };
type Call = { readonly method: string; readonly input: unknown };

/**
 * Carries calls of the window's page to the core, and its answers back. A message is taken only from the main frame of a
 * window of ours that shows a page of ours, and only when its shape, its method's name and its size are known.
 */
export function relayCalls(options: {
  readonly station: StationProcess;
  readonly isOurWindow: (contents: WebContents) => boolean;
  readonly savePdf: (request: PdfRequest) => Promise<PdfOutcome>;
  readonly quit: () => void;
}): void {
  const { station } = options;
  const isTrusted = ({ senderFrame, sender }: Sender): boolean =>
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    senderFrame.url.startsWith(`${APP_ORIGIN}/`) &&
    options.isOurWindow(sender);

  ipcMain.handle(channels.call, (event, message: unknown) => {
    if (!isTrusted(event)) throw new Error('refused');
    const call = parseCall(message);
    return 'error' in call ? { ok: false, error: call.error } : station.call(call.method, call.input);
  });
  ipcMain.handle(channels.coreState, (event) => {
    if (!isTrusted(event)) throw new Error('refused');
    return station.state();
  });
  ipcMain.handle(channels.savePdf, (event, message: unknown) => {
    const request = parsePdfRequest(message);
    if (!isTrusted(event) || request === null) throw new Error('refused');
    return options.savePdf(request);
  });
  ipcMain.on(channels.restartCore, (event) => {
    if (isTrusted(event)) void station.restart();
  });
  ipcMain.on(channels.quit, (event) => {
    if (isTrusted(event)) options.quit();
  });
}

/** What the window sends. */
const CALL = '{ method, input }';

function parseCall(message: unknown): Call | { readonly error: Readonly<Record<string, string>> } {
  const isCall = typeof message === 'object' && message !== null && 'method' in message && 'input' in message;
  if (!isCall || typeof message.method !== 'string') {
    return {
      error: { code: 'invalid_input', field: 'message', value: typeof message, expected: CALL, expectedEn: CALL },
    };
  }
  const { method, input } = message;
  if (!isMethodName(method)) return { error: { code: 'unknown_method', method: method.slice(0, 100) } };
  const size = sizeOf(input);
  if (size > MAX_CALL_CHARS) {
    const most = `<= ${MAX_CALL_CHARS}`;
    return { error: { code: 'invalid_input', field: 'input', value: `${size}`, expected: most, expectedEn: most } };
  }
  return { method, input };
}

/** The length of what will travel; what JSON cannot carry (a cycle, a BigInt) has none. */
function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input ?? null).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
