import type { Page } from '@playwright/test';

/** What was heard: the pitch while it was loudest, how long it lasted, how far the wave went. All 0 where it was silent. */
export type Heard = { readonly hertz: number; readonly seconds: number; readonly peak: number };

/**
 * Renders what the page plays instead of sending it to a device: the page's own code draws its tones into an offline
 * context, whose samples are then measured.
 */
export async function measureTones(page: Page): Promise<{
  /** What is played by `act`. */
  readonly after: (act: () => Promise<unknown>) => Promise<Heard>;
  /** From now on there is no device: to open one throws. */
  readonly unplug: () => Promise<void>;
}> {
  await page.evaluate(LISTEN);
  return {
    after: async (act) => {
      await page.evaluate('listenAnew()');
      await act();
      // The tone is asked for when the core has answered.
      await page.waitForTimeout(400);
      return page.evaluate<Heard>('measure()');
    },
    unplug: () => page.evaluate<void>('unplug()'),
  };
}

/** Runs in the page, whose context may be there already: it draws into the offline one of the moment. */
const LISTEN = `
  const RATE = 44100;
  let heard = new OfflineAudioContext(1, RATE, RATE);
  let isPlugged = true;
  const plugged = (value) => {
    if (!isPlugged) throw new DOMException('no device', 'InvalidStateError');
    return value;
  };
  globalThis.listenAnew = () => { heard = new OfflineAudioContext(1, RATE, RATE); };
  globalThis.unplug = () => {
    isPlugged = false;
    globalThis.AudioContext = class {
      constructor() { throw new DOMException('no device', 'NotSupportedError'); }
    };
  };
  Object.defineProperties(AudioContext.prototype, {
    state: { get: () => plugged('running') },
    currentTime: { get: () => 0 },
    destination: { get: () => heard.destination },
    createOscillator: { value: () => plugged(heard).createOscillator() },
    createGain: { value: () => plugged(heard).createGain() },
  });
  globalThis.measure = async () => {
    const samples = (await heard.startRendering()).getChannelData(0);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    if (peak === 0) return { hertz: 0, seconds: 0, peak };
    const isHeard = (sample) => Math.abs(sample) > peak / 50;
    const end = samples.findLastIndex(isHeard);
    const part = samples.subarray(0, Math.round(RATE / 20));
    let crossings = 0;
    for (let index = 1; index < part.length; index += 1) if (part[index - 1] < 0 !== part[index] < 0) crossings += 1;
    return { hertz: crossings * 10, seconds: end / RATE, peak };
  };
`;
