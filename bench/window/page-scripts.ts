/*
 * What runs inside of a page, as text: this project's types know no DOM outside of the renderer.
 */

/**
 * Gives a page `nextLine(count)`: the milliseconds from the last Enter to the paint of line `count`. The second animation
 * frame after the line is in the document begins when the frame that shows it has been painted.
 */
export const LINE_CLOCK = `(() => {
  let enteredAt = 0;
  addEventListener('keydown', (event) => { if (event.key === 'Enter') enteredAt = performance.now(); }, { capture: true });
  window.nextLine = (count) => new Promise((resolve) => {
    const observer = new MutationObserver(look);
    function look() {
      if (document.querySelectorAll('[data-testid=line]').length < count) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - enteredAt)));
    }
    observer.observe(document, { childList: true, subtree: true });
    look();
  });
})();`;

/** The floor's page: keys are collected, Enter asks the echo, its answer becomes one line. */
const FLOOR_LISTENER = `
  let code = '';
  addEventListener('keydown', async (event) => {
    if (event.key.length === 1) code += event.key;
    if (event.key !== 'Enter') return;
    const input = { commandId: crypto.randomUUID?.() ?? '', saleId: '', barcode: code };
    code = '';
    const { output } = await window.floor.call('sale.addItem', input);
    const line = document.createElement('li');
    line.dataset.testid = 'line';
    line.textContent = output.lines.at(-1).description;
    document.querySelector('ol').append(line);
  });`;

export const FLOOR_PAGE = `data:text/html;charset=utf-8,${encodeURIComponent(
  `<!doctype html><ol></ol><script>${LINE_CLOCK}${FLOOR_LISTENER}</script>`,
)}`;

/** Preload of the floor's page, as sandboxed and isolated as the product's. */
export const FLOOR_PRELOAD = `const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('floor', { call: (method, input) => ipcRenderer.invoke('floor:call', { method, input }) });
`;

/** Main of an Electron that does nothing but open a window, with the product's page settings and profile folder. */
export const EMPTY_APP = `const { app, BrowserWindow, Menu } = require('electron');
const data = process.argv.find((argument) => argument.startsWith('--data=')).slice('--data='.length);
app.setPath('userData', data + '/window');
app.enableSandbox();
Menu.setApplicationMenu(null);
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, webPreferences: { sandbox: true, spellcheck: false } });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<p data-testid="ready">pronto</p>');
});
`;

/** Resolves with the wall clock when what \`selector\` names has been painted. */
export function paintedAt(selector: string): string {
  return `new Promise((resolve) => {
    const look = () => document.querySelector(${JSON.stringify(selector)}) === null
      ? requestAnimationFrame(look)
      : requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
    look();
  })`;
}
