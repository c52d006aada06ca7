import { dialog, type BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import type { PdfOutcome, PdfRequest } from '../contract/station-bridge.ts';

const MM_PER_INCH = 25.4;
/** The paper of a till printer; the page is as long as the paper. */
const WIDTH_MM = 80;
const NO_MARGINS = { top: 0, bottom: 0, left: 0, right: 0 } as const;

/**
 * Saves the paper that the page marks for printing where the person says. Chromium makes the file from what the window
 * shows, with its own font in it: what is saved is what was seen.
 */
export async function savePdf(window: BrowserWindow, { fileName, heightMm }: PdfRequest): Promise<PdfOutcome> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: fileName,
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (canceled || filePath === '') return { outcome: 'cancelled' };
  try {
    const pageSize = { width: WIDTH_MM / MM_PER_INCH, height: heightMm / MM_PER_INCH };
    await writeFile(filePath, await window.webContents.printToPDF({ pageSize, margins: NO_MARGINS }));
    return { outcome: 'saved', file: filePath };
  } catch (error) {
    return { outcome: 'failed', file: filePath, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What a page may ask for: a plain name, and a length that a paper can have. */
export function parsePdfRequest(message: unknown): PdfRequest | null {
  const isRequest = typeof message === 'object' && message !== null && 'fileName' in message && 'heightMm' in message;
  if (!isRequest || typeof message.fileName !== 'string' || typeof message.heightMm !== 'number') return null;
  const { fileName, heightMm } = message;
  const isPlain = /^[0-9A-Za-z][0-9A-Za-z -]{0,80}\.pdf$/.test(fileName);
  return isPlain && heightMm >= 20 && heightMm <= 10_000 ? { fileName, heightMm } : null;
}
