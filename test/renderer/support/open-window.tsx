import { MantineProvider } from '@mantine/core';
import { act, cleanup, render } from '@testing-library/react';
import { App } from '../../../renderer/app.tsx';
import { connectStation, type Station } from '../../../renderer/station-calls.ts';
import type { FakeBridge } from './fake-bridge.ts';
import { settle } from './keyboard.ts';

/** Opens the whole window over a fake core and waits until its first screen is drawn. */
export async function openWindow(bridge: FakeBridge): Promise<Station> {
  const station = connectStation(bridge, { noticeMs: 20 });
  await act(async () => {
    render(
      <MantineProvider env="test">
        <App station={station} />
      </MantineProvider>,
    );
    await settle();
  });
  await act(settle);
  return station;
}

export function closeWindow(): void {
  cleanup();
  localStorage.clear();
}
