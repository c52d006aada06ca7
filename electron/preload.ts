import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { StationEvent } from '../contract/station-api.ts';
import type { CoreState, StationBridge } from '../contract/station-bridge.ts';
import { channels, LANGUAGE_ARGUMENT } from './bridge.ts';

type Messages = { [channels.event]: StationEvent; [channels.core]: CoreState };

/** Hands each message on `channel` to `listen`, without the Electron event that would give the page more than its data. */
function subscribe<Channel extends keyof Messages>(
  channel: Channel,
  listen: (message: Messages[Channel]) => void,
): () => void {
  const forward = (_event: IpcRendererEvent, message: Messages[Channel]): void => listen(message);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.off(channel, forward);
}

const bridge: StationBridge = {
  call: (method, input) => ipcRenderer.invoke(channels.call, { method, input }),
  onEvent: (listen) => subscribe(channels.event, listen),
  onCore: (listen) => subscribe(channels.core, listen),
  coreState: () => ipcRenderer.invoke(channels.coreState),
  restartCore: () => ipcRenderer.send(channels.restartCore),
  savePdf: (request) => ipcRenderer.invoke(channels.savePdf, request),
  quit: () => ipcRenderer.send(channels.quit),
  language:
    process.argv.find((argument) => argument.startsWith(LANGUAGE_ARGUMENT))?.slice(LANGUAGE_ARGUMENT.length) ?? 'pt-BR',
};

contextBridge.exposeInMainWorld('station', bridge);
